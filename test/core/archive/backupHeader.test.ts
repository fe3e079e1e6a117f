import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readItems, writeItem } from '../../../src/core/archive/backupItems.ts'
import { decodeBackupHeader, encodeBackupHeader, headerBytes } from '../../../src/core/archive/backupHeader.ts'
import { keyFromPassphrase, keyFromRoot } from '../../../src/core/archive/backupKeys.ts'
import { Writer } from '../../../src/core/codec/codec.ts'
import { toHex } from '../../../src/core/codec/bytes.ts'

const header = {
  ...{ opensWith: 'passphrase' as const, madeAt: 1_900_000_000_000, operations: 3, memoryBytes: 64 * 1024 * 1024 },
  ...{ salt: new Uint8Array(16).fill(7), check: new Uint8Array(16).fill(9) },
}

test('a header comes back as it was written, and any other bytes are none', () => {
  const bytes = encodeBackupHeader(header)
  assert.equal(bytes.length, headerBytes)
  assert.deepEqual(decodeBackupHeader(bytes), header)
  for (let at = 0; at < bytes.length; at++) {
    const flipped = bytes.slice()
    flipped[at] = (flipped[at] as number) ^ 0x80
    const decoded = decodeBackupHeader(flipped)
    assert.ok(decoded === undefined || (at === 8 && decoded === 'newer'), String(at))
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (any) => decodeBackupHeader(any) === undefined))
})

test('a backup that asks for more work than any is none', () => {
  for (const more of [{ operations: 17 }, { memoryBytes: 2 ** 31 }])
    assert.equal(decodeBackupHeader(encodeBackupHeader({ ...header, ...more })), undefined)
})

test('items come back as they were written, and any other bytes are items or nothing', () => {
  const row = {
    ...{ conversation: 3, log: -3, seq: 1, clock: 9, part: 'unsorted' as const },
    ...{ id: new Uint8Array(32), sealed: new Uint8Array(50) },
  }
  const items = [
    { kind: 'identity', dataKey: new Uint8Array(32), wrappedByPhrase: new Uint8Array(72), secrets: new Uint8Array(9) },
    { kind: 'record', of: 'contact', id: new Uint8Array(16), sealed: new Uint8Array(5) },
    { kind: 'event', row },
    { kind: 'event', row: { ...row, log: 12 } },
  ] as const
  const writer = new Writer()
  for (const item of items) writeItem(writer, item)
  const bytes = writer.finish().slice()
  assert.deepEqual(readItems(bytes), items)
  assert.equal(readItems(bytes.subarray(0, -1)), undefined)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void readItems(any)))
})

test('keys follow from the secret, the salt and the work, and from nothing else', () => {
  const small = { salt: header.salt, operations: 1, memoryBytes: 8 * 1024 * 1024 }
  const keys = [
    keyFromPassphrase('kettle', small),
    keyFromPassphrase('kettles', small),
    keyFromPassphrase('kettle', { ...small, salt: new Uint8Array(16) }),
    keyFromRoot(new Uint8Array(32), small.salt),
    keyFromRoot(new Uint8Array(32), new Uint8Array(16)),
  ]
  assert.equal(new Set(keys.map((key) => toHex(key as Uint8Array))).size, keys.length)
  assert.deepEqual(keyFromPassphrase('kettle', small), keys[0])
  // The composed and the decomposed form of a letter are one passphrase.
  assert.deepEqual(keyFromPassphrase('caf\u00e9', small), keyFromPassphrase('cafe\u0301', small))
  assert.equal(keyFromPassphrase('kettle', { ...small, memoryBytes: 1 }), undefined)
})
