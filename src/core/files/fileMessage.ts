import type { MessageId, PersonId } from '../../shared/ids.ts'
import type { WireFile } from '../body/fileBody.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { positionOf } from '../conversation/messageId.ts'
import type { Store } from '../ports/store.ts'

/** What a message is to whoever keeps its file. */
export type FileMessage =
  | { readonly kind: 'file'; readonly file: WireFile; readonly author: PersonId; readonly isHidden: boolean }
  /** Its content was taken back, or removed here. */
  | { readonly kind: 'erased' }
  /** Not here, not readable, or no file. */
  | { readonly kind: 'other' }

/** Looks a message up where it is kept, whether or not it is shown at the moment. */
export function findFileMessage(store: Store, conversation: Conversation, message: MessageId): FileMessage {
  const row = store.findEvent(conversation.record.number, positionOf(message))
  const said = row && conversation.about.relations.open(row)
  if (said === undefined) return { kind: 'other' }
  const { event, body, log } = said
  if (body.kind === 'file') return { kind: 'file', file: body, author: log.personId, isHidden: event.part === 'hidden' }
  return { kind: event.body.kind === 'erased' && event.part !== 'lacking' ? 'erased' : 'other' }
}
