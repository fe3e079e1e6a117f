import type { Account } from '../identity/account.ts'
import type { ConversationContext } from '../conversation/conversationContext.ts'
import type { Log } from '../ports/log.ts'
import type { RecordTable } from '../store/recordTable.ts'
import type { RoomKeyRecord, RoomRecord } from './roomRecords.ts'

/** What all rooms of one device share. */
export interface RoomContext extends ConversationContext {
  readonly rooms: RecordTable<RoomRecord>
  readonly keys: RecordTable<RoomKeyRecord>
  readonly account: () => Account
  readonly log: Log
}
