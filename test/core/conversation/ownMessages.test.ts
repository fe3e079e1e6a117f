import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import type { LogBook } from '../../../src/core/conversation/logBook.ts'
import type { MessageCache } from '../../../src/core/conversation/messageCache.ts'
import type { MessageReader } from '../../../src/core/conversation/messageReader.ts'
import { OwnMessages } from '../../../src/core/conversation/ownMessages.ts'
import type { AckRecord } from '../../../src/core/conversation/records.ts'
import type { StoredEvent } from '../../../src/core/event/storedEvent.ts'
import type { Clock } from '../../../src/core/ports/clock.ts'
import { Emitter } from '../../../src/shared/disposable.ts'
import type { Message } from '../../../src/shared/service.ts'

/** A thousand messages that a link was handed, to be read again in `readMs` each, and a clock whose turns are counted by hand. */
function handedOver(readMs: number) {
  const reads: number[] = []
  const turns: (() => void)[] = []
  const log = {
    head: { seq: 1_000 },
    delivery: { withdraw: () => [{ from: 1, to: 1_000 }] },
  } as unknown as DeviceLog
  const changed = new Emitter<readonly Message[]>()
  const messages = new OwnMessages({
    id: new Uint8Array(32),
    book: {
      own: log,
      all: [log],
      isOwn: () => true,
      event: (_: DeviceLog, seq: number) => ({ seq }) as StoredEvent,
    } as unknown as LogBook,
    reader: {
      readEvent: (_: DeviceLog, { seq }: StoredEvent) => {
        reads.push(seq)
        return { seq } as Message
      },
    } as unknown as MessageReader,
    cache: { own: () => undefined } as unknown as MessageCache,
    clock: {
      defer: (work: () => void) => turns.push(work),
      monotonicMs: () => reads.length * readMs,
    } as unknown as Clock,
    maxTold: 1_000,
    acknowledged: new Emitter<AckRecord>(),
    changed,
    touched: new Emitter<void>(),
  })
  return { messages, changed, reads, turns }
}

for (const [readMs, most] of [
  [1, 3],
  [0, 32],
] as const)
  test(`what a closed link leaves queued is read again ${String(most)} at a time where each takes ${String(readMs)} ms, the newest first`, () => {
    const { messages, changed, reads, turns } = handedOver(readMs)
    const told: number[] = []
    changed.event((some) => told.push(...some.map(({ seq }) => seq)))
    messages.withdraw({})
    assert.deepEqual(
      told,
      Array.from({ length: most }, (_, i) => 1_000 - most + 1 + i),
    )
    for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
      const before = reads.length
      turn()
      assert.ok(reads.length - before <= most)
    }
    assert.deepEqual(
      told.sort((a, b) => a - b),
      Array.from({ length: 1_000 }, (_, i) => i + 1),
    )
  })

test('nothing is read again for nobody: at the end, the store is closed', () => {
  const { messages, changed, reads, turns } = handedOver(1)
  const listening = changed.event(() => undefined)
  messages.withdraw({})
  const before = reads.length
  listening.dispose()
  for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) turn()
  messages.withdraw({})
  assert.equal(reads.length, before)
  assert.equal(turns.length, 0)
})
