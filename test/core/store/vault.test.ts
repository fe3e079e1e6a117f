import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Vault } from '../../../src/core/store/vault.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'

const dataKey = new Uint8Array(32).fill(1)
const vault = new Vault(dataKey, new SeededRandom(1))
const plaintext = new Uint8Array([1, 2, 3])

test('a record opens where it was put, also for the next process, and nowhere else', () => {
  const id = vault.recordId('contact', plaintext)
  const sealed = vault.sealRecord('contact', id, plaintext)
  const next = new Vault(dataKey, new SeededRandom(2))
  assert.deepEqual(next.openRecord('contact', next.recordId('contact', plaintext), sealed), plaintext)
  assert.equal(vault.openRecord('invite', id, sealed), undefined)
  assert.equal(vault.openRecord('contact', vault.recordId('contact', dataKey), sealed), undefined)
  assert.equal(new Vault(new Uint8Array(32), new SeededRandom(1)).openRecord('contact', id, sealed), undefined)
  refusesHostileBytes(sealed, (bytes) => vault.openRecord('contact', id, bytes))
})

test('a row opens in its place only, local notices too', () => {
  const sealed = vault.sealRow(-3, 7, 9, plaintext)
  assert.deepEqual(vault.openRow(-3, 7, 9, sealed), plaintext)
  for (const [log, seq, clock] of [
    [3, 7, 9],
    [-3, 8, 9],
    [7, -3, 9],
    [-3, 7, 10],
  ] as const)
    assert.equal(vault.openRow(log, seq, clock, sealed), undefined)
  refusesHostileBytes(sealed, (bytes) => vault.openRow(-3, 7, 9, bytes))
})

test('ids of records differ by kind, key and data key, and are no longer than they need to be', () => {
  const other = new Vault(new Uint8Array(32), new SeededRandom(1))
  const ids = [
    vault.recordId('contact', plaintext),
    vault.recordId('invite', plaintext),
    vault.recordId('contact', new Uint8Array([1, 2])),
    other.recordId('contact', plaintext),
  ].map((id) => Buffer.from(id).toString('hex'))
  assert.equal(new Set(ids).size, 4)
  for (const id of ids) assert.equal(id.length, 32)
})
