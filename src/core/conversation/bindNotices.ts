import { ChatError } from '../../shared/chatError.ts'
import type { EventRow } from '../ports/store.ts'
import type { ConversationContext } from './conversationContext.ts'
import { decodeNotice, encodeNotice, isBound } from './noticeBody.ts'
import type { ConversationRecord } from './records.ts'

/**
 * Binds to their ids the notices of a conversation from before notices were: each is sealed anew, once. Where the disk
 * refuses, the next start tries again.
 */
export function bindNotices({ store, vault }: ConversationContext, { number, notices }: ConversationRecord): void {
  const log = -number
  const rows: EventRow[] = []
  for (let seq = 1; seq <= notices; seq++) {
    const row = store.getEvent(log, seq)
    const plaintext = row && vault.openRow(log, seq, row.clock, row.sealed)
    if (row === undefined || plaintext === undefined) continue
    // Whatever was written later is bound already.
    if (isBound(plaintext)) break
    const notice = decodeNotice(plaintext, row.id)
    if (notice === undefined) continue
    const sealed = vault.sealRow(log, seq, row.clock, encodeNotice(notice.body, notice.at, row.id))
    rows.push({ ...row, sealed: sealed.slice() })
  }
  if (rows.length === 0) return
  try {
    store.transaction(() => {
      for (const { seq, sealed, part } of rows) store.replaceEvent(log, seq, sealed, part)
    })
  } catch (error) {
    if (!(error instanceof ChatError) || error.code !== 'store-failed') throw error
  }
}
