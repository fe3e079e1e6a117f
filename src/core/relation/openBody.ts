import type { UnreadableBody } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import { decodeBody, isPlainBody } from '../body/messageBody.ts'
import { copyOf } from '../codec/bytes.ts'
import { scratch } from '../codec/slab.ts'
import type { Allocate } from '../crypto/primitives.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Epochs } from '../conversation/epochs.ts'
import type { StoredEvent } from '../event/storedEvent.ts'

/** What an event says, as far as it can be read. */
export function openBody(epochs: Epochs, log: DeviceLog, event: StoredEvent): WireBody | UnreadableBody {
  const plaintext = openPlaintext(epochs, log, event)
  return plaintext instanceof Uint8Array ? decodeBody(plaintext) : plaintext
}

/** The same, but `undefined` for a message that says nothing about others: what it says is of no interest now. */
export function openTelling(epochs: Epochs, log: DeviceLog, event: StoredEvent): WireBody | UnreadableBody | undefined {
  const plaintext = openPlaintext(epochs, log, event, glance)
  if (!(plaintext instanceof Uint8Array)) return plaintext
  return isPlainBody(plaintext) ? undefined : decodeBody(copyOf(plaintext))
}

/** Most of what is opened here is thrown away at once. */
const glance = scratch(64 * 1024)

function openPlaintext(
  epochs: Epochs,
  log: DeviceLog,
  event: StoredEvent,
  allocate?: Allocate,
): Uint8Array | UnreadableBody {
  if (event.body.kind === 'erased') return { kind: 'unreadable', why: event.part === 'lacking' ? 'missing' : 'erased' }
  const plaintext = epochs.openBody(event.epoch, event.body.bytes, log.headers.prefix(event, event.previous), allocate)
  return typeof plaintext === 'string' ? { kind: 'unreadable', why: plaintext } : plaintext
}
