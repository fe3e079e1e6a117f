import type { MessageId } from '../../shared/ids.ts'
import type { Row } from '../state/buildRows.ts'

/** Whether a row shows a message, alone or among others. */
export function holdsMessage(row: Row, message: MessageId): boolean {
  if (row.kind === 'changes') return row.messages.some(({ id }) => id === message)
  return (row.kind === 'message' || row.kind === 'notice') && row.message.id === message
}

/** The newest message that a row shows. */
export function lastMessageOf(row: Row | undefined): MessageId | undefined {
  if (row?.kind === 'changes') return row.messages.at(-1)?.id
  return row?.kind === 'message' || row?.kind === 'notice' ? row.message.id : undefined
}
