import { incrementNonce, nonceBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import { maxRunBytes, maxRunEvents, runEventBytes } from '../event/run.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Random } from '../ports/random.ts'
import type { DeviceLog, LogHead } from './deviceLog.ts'
import type { Epochs } from './epochs.ts'

/** What the next events of the own log are made with. */
export interface AuthorInit {
  readonly log: DeviceLog
  readonly deviceSecretKey: Uint8Array
  readonly epochs: Pick<Epochs, 'sealBody'>
  readonly epoch: Uint8Array
  readonly random: Random
  /** The largest clock seen in the conversation. */
  readonly clock: number
  readonly now: number
}

/**
 * Continues the own log with one event a body, in order. Only the last event that fits one run is signed: the chain
 * carries its signature to those before it, and signing costs more than all the rest.
 */
export function writeEvents(init: AuthorInit, bodies: readonly Uint8Array[]): StoredEvent[] {
  const { log, epochs, epoch, now } = init
  const headers = log.headers
  let head: LogHead = log.head
  let clock = init.clock
  // One fresh random nonce a batch, counted up from there: as unlikely to repeat as one for each event.
  const nonce = init.random.bytes(nonceBytes)
  let unsignedBytes = 0
  let unsignedEvents = 0
  return bodies.map((plaintext, index) => {
    // A clock that somebody drove to its end stays there: order then falls to the ids, and nothing breaks.
    clock = Math.min(Math.max(clock, head.clock) + 1, maxCounter)
    const fields = { seq: head.seq + 1, clock, sentAt: now, epoch }
    const previous = head.id
    incrementNonce(nonce)
    const body = {
      kind: 'sealed' as const,
      bytes: epochs.sealBody(epoch, nonce, plaintext, headers.prefix(fields, previous)),
    }
    const id = headers.complete(body)
    unsignedBytes += runEventBytes(body)
    unsignedEvents++
    const next = bodies[index + 1]
    const isLastOfRun =
      next === undefined || unsignedEvents === maxRunEvents || unsignedBytes + 128 + next.length > maxRunBytes - 256
    const signature = isLastOfRun ? headers.sign(init.deviceSecretKey) : undefined
    if (isLastOfRun) unsignedBytes = unsignedEvents = 0
    head = { seq: fields.seq, clock, id }
    return { ...fields, id, previous, body, receivedAt: now, isDoubtful: false, ...(signature && { signature }) }
  })
}
