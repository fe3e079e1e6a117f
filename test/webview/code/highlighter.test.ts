import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Highlighter } from '../../../src/webview/code/highlighter.ts'

function start() {
  const asked: string[] = []
  let changes = 0
  const highlighter = new Highlighter({
    ask: (key) => asked.push(key),
    onDidChange: () => {
      changes++
    },
  })
  return { highlighter, asked, changes: () => changes }
}

const lines = [[{ text: 'let', color: '#ff0000' }, { text: ' a' }], [{ text: 'b' }]]

describe('Highlighter', () => {
  it('asks once for each text and remembers the answer', () => {
    const { highlighter, asked, changes } = start()
    assert.equal(highlighter.linesOf('ts', 'let a\nb'), undefined)
    assert.equal(highlighter.linesOf('ts', 'let a\nb'), undefined)
    assert.equal(asked.length, 1)
    highlighter.accept(asked[0] ?? '', lines)
    assert.equal(highlighter.linesOf('ts', 'let a\nb'), lines)
    assert.equal(changes(), 1)
  })

  it('asks for nothing that has no language', () => {
    const { highlighter, asked } = start()
    highlighter.linesOf('', 'a')
    highlighter.linesOf('plaintext', 'a')
    assert.deepEqual(asked, [])
  })

  it('leaves a text plain when the answer is another text or none', () => {
    const { highlighter, asked } = start()
    highlighter.linesOf('ts', 'let a\nc')
    highlighter.accept(asked[0] ?? '', lines)
    assert.equal(highlighter.linesOf('ts', 'let a\nc'), undefined)
    highlighter.linesOf('ts', 'x')
    highlighter.accept(asked[1] ?? '', undefined)
    assert.equal(highlighter.linesOf('ts', 'x'), undefined)
    assert.equal(asked.length, 2)
  })

  it('is plain after a change of theme until the new colours come, and ignores late answers', () => {
    const { highlighter, asked } = start()
    highlighter.linesOf('ts', 'let a\nb')
    highlighter.accept(asked[0] ?? '', lines)
    highlighter.expire()
    assert.equal(highlighter.linesOf('ts', 'let a\nb'), undefined)
    assert.equal(asked.length, 2)
    const late = [[{ text: 'let a', color: '#00ff00' }], [{ text: 'b' }]]
    highlighter.accept(asked[0] ?? '', lines)
    assert.equal(highlighter.linesOf('ts', 'let a\nb'), undefined)
    highlighter.accept(asked[1] ?? '', late)
    assert.equal(highlighter.linesOf('ts', 'let a\nb'), late)
  })

  it('forgets what was shown longest ago', () => {
    const { highlighter, asked } = start()
    for (let i = 0; i < 400; i++) highlighter.linesOf('ts', String(i))
    highlighter.linesOf('ts', '399')
    assert.equal(asked.length, 400)
    highlighter.linesOf('ts', '0')
    assert.equal(asked.length, 401)
  })

  it('a text that the host finds too much is plain, and said to be so until the theme changes', () => {
    const asked: string[] = []
    const highlighter = new Highlighter({ ask: (key) => asked.push(key), onDidChange: () => undefined })
    assert.equal(highlighter.isTooMuch('ts', 'a'), false)
    highlighter.linesOf('ts', 'a')
    highlighter.accept(asked[0] ?? '', undefined, true)
    assert.equal(highlighter.linesOf('ts', 'a'), undefined)
    assert.equal(highlighter.isTooMuch('ts', 'a'), true)
    assert.equal(highlighter.isTooMuch('ts', 'b'), false)
  })
})
