import type { PersonId } from '../../shared/ids.ts'
import type { NoticeBody } from '../../shared/service.ts'
import { hashBytes } from '../crypto/primitives.ts'
import type { EventRow } from '../ports/store.ts'
import type { ConversationContext } from './conversationContext.ts'
import type { LogBook } from './logBook.ts'
import { encodeNotice } from './noticeBody.ts'
import type { ConversationRecord } from './records.ts'

/**
 * Writes the next line for this device's own user, inside a transaction of the caller, who notes in the conversation's
 * record that there is one more. Returns its row.
 */
export function addNotice(
  { vault, store, clock, random }: ConversationContext,
  book: LogBook,
  { number, notices }: ConversationRecord,
  notice: NoticeBody['notice'],
  person: PersonId,
): EventRow {
  const [log, seq, at, id] = [-number, notices + 1, book.tick(), random.bytes(hashBytes)]
  const plaintext = encodeNotice({ kind: 'notice', notice, person }, clock.now(), id)
  const sealed = vault.sealRow(log, seq, at, plaintext)
  const row = { conversation: number, log, seq, clock: at, id, sealed, part: 'line' as const }
  store.addEvents([row])
  return row
}
