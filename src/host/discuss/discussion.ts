import type { ConversationId, MessageId, PersonId } from '../../shared/ids.ts'
import { repositoryIdentity } from '../../shared/repositoryIdentity.ts'
import type { Message, SnippetBody } from '../../shared/service.ts'

/** Lines of a file that a conversation is about, because somebody sent them there. */
export interface Discussion {
  readonly conversation: ConversationId
  readonly message: MessageId
  readonly author: PersonId
  readonly sentAt: number
  /** How many answers there are in its thread. */
  readonly replies: number
  /** The repository, see `repositoryIdentity`. */
  readonly identity: string
  readonly path: string
  readonly body: SnippetBody
}

/** What a message says of lines in a repository; `undefined` where it is no snippet, or does not say where it is from. */
export function discussionOf(conversation: ConversationId, message: Message): Discussion | undefined {
  const { body } = message
  if (body.kind !== 'snippet' || body.path === undefined || body.git?.remote === undefined) return undefined
  const identity = repositoryIdentity(body.git.remote)
  if (identity === undefined) return undefined
  const { id, author, sentAt, replies } = message
  return { conversation, message: id, author, sentAt, replies: replies?.count ?? 0, identity, path: body.path, body }
}
