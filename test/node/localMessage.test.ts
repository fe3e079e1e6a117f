import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { encodeAnswer, encodeQuestion, readAnswer, readQuestion } from '../../src/node/localMessage.ts'

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 })
const host = fc.ipV4()
const port = fc.integer({ min: 1, max: 65_535 })

it('a question is recognised by the owner of the key alone, and only from where it was asked', () => {
  fc.assert(
    fc.property(key, key, nonce, host, host, (own, other, fresh, asker, thief) => {
      fc.pre(Buffer.compare(own, other) !== 0 && asker !== thief)
      const question = encodeQuestion(own, fresh, asker)
      assert.deepEqual(readQuestion(question, asker, [other, own]), { publicKey: own, nonce: fresh })
      assert.equal(readQuestion(question, asker, [other]), undefined)
      assert.equal(readQuestion(question, thief, [own]), undefined, 'repeated by somebody else')
    }),
  )
})

it('an answer gives its port to whoever asked with this nonce, and only from where it was given', () => {
  fc.assert(
    fc.property(key, nonce, nonce, host, host, port, (own, asked, other, here, elsewhere, at) => {
      fc.pre(Buffer.compare(asked, other) !== 0 && here !== elsewhere)
      const answer = encodeAnswer(own, asked, here, at)
      assert.equal(readAnswer(answer, own, asked, here), at)
      assert.equal(readAnswer(answer, own, other, here), undefined)
      assert.equal(readAnswer(answer, own, asked, elsewhere), undefined)
    }),
  )
})

it('two questions for one key have nothing in common that would show it', () => {
  fc.assert(
    fc.property(key, nonce, nonce, host, (own, first, second, asker) => {
      fc.pre(Buffer.compare(first, second) !== 0)
      const [a, b] = [encodeQuestion(own, first, asker), encodeQuestion(own, second, asker)]
      assert.notDeepEqual(a.subarray(16), b.subarray(16))
      assert.ok(!Buffer.from(a).includes(Buffer.from(own).subarray(0, 8)), 'the key itself is not in it')
    }),
  )
})

it('any bytes are a question, an answer, or nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), key, nonce, host, (bytes, own, fresh, from) => {
      assert.equal(readQuestion(bytes, from, [own]), undefined)
      assert.equal(readAnswer(bytes, own, fresh, from), undefined)
    }),
  )
})
