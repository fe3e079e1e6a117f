import { concat } from '../codec/bytes.ts'
import type { ConversationRecord } from '../conversation/records.ts'
import { domain, hash } from '../crypto/primitives.ts'
import { epochIdBytes } from '../event/event.ts'
import { messageLogIdOf } from '../room/roomKeys.ts'
import type { RoomRecord } from './roomRecords.ts'

/** The conversation that a room's messages are kept in, with nothing in it yet. `number`: of its rows, local. */
export function messagesRecord(
  { id, secret, createdAt }: Pick<RoomRecord, 'id' | 'secret' | 'createdAt'>,
  number: number,
): ConversationRecord {
  return {
    number,
    id: messageLogIdOf(id),
    room: id,
    syncSecret: hash(concat(domain('tincan room messages token'), secret)),
    createdAt,
    // Rooms follow their own log in this.
    epoch: new Uint8Array(epochIdBytes),
    notices: 0,
  }
}
