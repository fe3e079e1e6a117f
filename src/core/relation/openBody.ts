import type { UnreadableBody } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import { decodeBody } from '../body/messageBody.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { Epochs } from '../conversation/epochs.ts'
import type { StoredEvent } from '../event/storedEvent.ts'

/** What an event says, as far as it can be read. */
export function openBody(epochs: Epochs, log: DeviceLog, event: StoredEvent): WireBody | UnreadableBody {
  if (event.body.kind === 'erased') return { kind: 'unreadable', why: event.part === 'lacking' ? 'missing' : 'erased' }
  const plaintext = epochs.openBody(event.epoch, event.body.bytes, log.headers.prefix(event, event.previous))
  return typeof plaintext === 'string' ? { kind: 'unreadable', why: plaintext } : decodeBody(plaintext)
}
