import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Writer } from '../../../src/core/codec/codec.ts'
import { openEvent, sealEvent, type StoredEvent } from '../../../src/core/event/storedEvent.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { bitFlips, truncations } from '../codec/hostileBytes.ts'
import { anyRun, sampleChain } from './sampleLog.ts'

const vault = new Vault(new Uint8Array(32).fill(5), new SeededRandom(1))

test('an event comes out of its row as it went in, with and without signature and body', () => {
  fc.assert(
    fc.property(anyRun, fc.boolean(), fc.nat(), (run, isDoubtful, receivedAt) => {
      const [event] = run.events
      if (event === undefined) return
      const stored: StoredEvent = {
        ...event,
        id: new Uint8Array(32).fill(1),
        previous: run.previous,
        receivedAt,
        isDoubtful,
        ...(run.signature && { signature: run.signature }),
      }
      const row = sealEvent(vault, 3, 7, stored)
      assert.deepEqual([row.conversation, row.log, row.seq, row.clock], [3, 7, event.seq, event.clock])
      assert.deepEqual(openEvent(vault, row), stored)
    }),
  )
})

test('a row that was changed, cut, moved or sealed under another data key does not open', () => {
  const [sample] = sampleChain(1)
  assert.ok(sample)
  const row = sealEvent(vault, 3, 7, { ...sample, receivedAt: 5, isDoubtful: false })
  assert.notEqual(openEvent(vault, row), undefined)
  for (const sealed of [...bitFlips(row.sealed), ...truncations(row.sealed)])
    assert.equal(openEvent(vault, { ...row, sealed }), undefined)
  for (const id of [...bitFlips(row.id), ...truncations(row.id)])
    assert.equal(openEvent(vault, { ...row, id }), undefined)
  assert.equal(openEvent(vault, { ...row, seq: 2 }), undefined)
  assert.equal(openEvent(vault, { ...row, clock: row.clock + 1 }), undefined)
  assert.equal(openEvent(vault, { ...row, conversation: 4 }), undefined)
  assert.equal(openEvent(vault, { ...row, log: 8 }), undefined)
  assert.equal(openEvent(new Vault(new Uint8Array(32).fill(6), new SeededRandom(1)), row), undefined)
})

test('a row whose id was exchanged for one of the same checksum does not open', () => {
  const [sample] = sampleChain(1)
  assert.ok(sample)
  const row = sealEvent(vault, 3, 7, { ...sample, receivedAt: 5, isDoubtful: false })
  const id = row.id.slice()
  for (const at of [0, 8]) id[at] = (id[at] as number) ^ 0x55
  assert.equal(openEvent(vault, { ...row, id }), undefined)
})

test('a row of the first Tincan, which has a checksum of its place, is read as before', () => {
  const [sample] = sampleChain(1)
  assert.ok(sample)
  const { seq, clock, id, previous, sentAt, epoch, body } = sample
  assert.ok(body.kind === 'sealed')
  const checksum = new Uint8Array(8)
  new DataView(checksum.buffer).setFloat64(0, 3)
  id.forEach((byte, i) => (checksum[i % 8] = (checksum[i % 8] as number) ^ byte))
  const plaintext = new Writer().uint8(0).fixed(previous).fixed(checksum).uint(sentAt).uint(5).fixed(epoch)
  const sealed = vault.sealRow(7, seq, clock, plaintext.bytes(body.bytes).finish())
  const row = { conversation: 3, log: 7, seq, clock, id, sealed, part: 'line' as const }
  const read = { seq, clock, id, previous, sentAt, epoch, body, receivedAt: 5, isDoubtful: false }
  assert.deepEqual(openEvent(vault, row), read)
  assert.equal(openEvent(vault, { ...row, conversation: 4 }), undefined)
})

test('two rows of the same content differ: no nonce comes twice', () => {
  const seen = new Set<string>()
  for (let i = 0; i < 600; i++)
    seen.add(Buffer.from(vault.sealRow(1, 1, 1, new Uint8Array(4)).subarray(0, 24)).toString('hex'))
  assert.equal(seen.size, 600)
})
