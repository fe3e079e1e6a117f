import type { UnreadableBody } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import { decodeBody, isPlainBody } from '../body/messageBody.ts'
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
  const plaintext = openPlaintext(epochs, log, event)
  if (!(plaintext instanceof Uint8Array)) return plaintext
  return isPlainBody(plaintext) ? undefined : decodeBody(plaintext)
}

function openPlaintext(epochs: Epochs, log: DeviceLog, event: StoredEvent): Uint8Array | UnreadableBody {
  if (event.body.kind === 'erased') return { kind: 'unreadable', why: event.part === 'lacking' ? 'missing' : 'erased' }
  const plaintext = epochs.openBody(event.epoch, event.body.bytes, log.headers.prefix(event, event.previous))
  return typeof plaintext === 'string' ? { kind: 'unreadable', why: plaintext } : plaintext
}
