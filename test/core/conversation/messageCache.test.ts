import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MessageCache } from '../../../src/core/conversation/messageCache.ts'
import type { DeviceId, MessageId, PersonId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'

const message = (seq: number): Message => ({
  id: seq.toString(16).padStart(76, '0') as MessageId,
  author: 'a' as PersonId,
  device: 'd' as DeviceId,
  seq,
  clock: seq,
  sentAt: 0,
  body: { kind: 'text', text: String(seq) },
  state: 'queued',
})

test('the newest message is read again only after something newer came', () => {
  const cache = new MessageCache()
  let reads = 0
  const read = (): Message => message(++reads)
  const last = (): string | undefined => cache.last(read)?.id
  assert.equal(last(), message(1).id)
  cache.added(message(1).id)
  assert.equal(last(), message(1).id)
  cache.added(message(2).id)
  assert.equal(last(), message(2).id)
  cache.clear()
  assert.equal(last(), message(3).id)
  cache.added(message(4).id, message(4))
  assert.equal(last(), message(4).id)
  assert.equal(reads, 3)
})

test('of many own messages the newest are kept', () => {
  const cache = new MessageCache()
  for (let from = 1; from <= 20_001; from += 1_000)
    cache.addOwn(Array.from({ length: 1_000 }, (_, i) => message(from + i)))
  assert.equal(cache.own(1), undefined)
  assert.equal(cache.own(21_000)?.seq, 21_000)
  cache.clear()
  assert.equal(cache.own(21_000), undefined)
})
