import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonId } from '../../../src/shared/ids.ts'
import { fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { decodeNotice, encodeNotice, isNoticeOf } from '../../../src/core/conversation/noticeBody.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'

const person = 'ab'.repeat(32) as PersonId
const id = new Uint8Array(32).fill(7)
const other = new Uint8Array(32).fill(8)
const kinds = ['contact-added', 'keys-changed', 'verified', 'unverified', 'conflicting-history', 'flooding'] as const

test('a notice of every kind comes out of its bytes as it went in, and its number never changes', () => {
  kinds.forEach((notice, i) => {
    const body = { kind: 'notice' as const, notice, person }
    const bytes = encodeNotice(body, 1_000, id)
    assert.equal(toHex(bytes), `02${toHex(id)}0${i}fde803${person}`)
    assert.deepEqual(decodeNotice(bytes, id), { body, at: 1_000 })
  })
})

test('a notice in a row of another id is none, and one from before notices named theirs is read', () => {
  const body = { kind: 'notice', notice: 'verified', person } as const
  assert.equal(decodeNotice(encodeNotice(body, 5, id), other), undefined)
  const early = fromHex(`010205${person}`) ?? assert.fail()
  for (const any of [id, other]) assert.deepEqual(decodeNotice(early, any), { body, at: 5 })
})

test('a notice of a later version or kind, or a damaged one, is none, and still belongs to its row', () => {
  const bytes = encodeNotice({ kind: 'notice', notice: 'verified', person }, 5, id)
  for (const [at, value] of [
    [0, 3],
    [33, kinds.length],
  ] as const) {
    const changed = bytes.slice()
    changed[at] = value
    assert.equal(decodeNotice(changed, id), undefined)
    assert.deepEqual([isNoticeOf(changed, id), isNoticeOf(changed, other)], [true, false])
  }
  withHostileBytes(bytes, (hostile) => {
    const read = decodeNotice(hostile, id)
    if (read !== undefined) assert.deepEqual(decodeNotice(encodeNotice(read.body, read.at, id), id), read)
  })
})
