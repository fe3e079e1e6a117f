import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonId } from '../../../src/shared/ids.ts'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { decodeNotice, encodeNotice } from '../../../src/core/conversation/noticeBody.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'

const person = 'ab'.repeat(32) as PersonId
const kinds = ['contact-added', 'keys-changed', 'verified', 'unverified', 'conflicting-history', 'flooding'] as const

test('a notice of every kind comes out of its bytes as it went in, and its number never changes', () => {
  kinds.forEach((notice, i) => {
    const body = { kind: 'notice' as const, notice, person }
    const bytes = encodeNotice(body, 1_000)
    assert.equal(toHex(bytes), `010${i}fde803${person}`)
    assert.deepEqual(decodeNotice(bytes), { body, at: 1_000 })
  })
})

test('a notice of a later version or kind, or a damaged one, is none', () => {
  const bytes = encodeNotice({ kind: 'notice', notice: 'verified', person }, 5)
  for (const [at, value] of [
    [0, 2],
    [1, kinds.length],
  ] as const) {
    const changed = bytes.slice()
    changed[at] = value
    assert.equal(decodeNotice(changed), undefined)
  }
  withHostileBytes(bytes, (hostile) => {
    const read = decodeNotice(hostile)
    if (read !== undefined) assert.deepEqual(decodeNotice(encodeNotice(read.body, read.at)), read)
  })
})
