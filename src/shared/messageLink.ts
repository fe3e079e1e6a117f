import { parseConversationId, parseMessageId } from './ids.ts'
import type { ConversationId, MessageId } from './ids.ts'

/** The longest that a link is looked at. */
const maxLinkLength = 300

/** A message and the conversation that it is of. */
export interface MessageAddress {
  readonly conversation: ConversationId
  readonly message: MessageId
}

/** What stands behind `…://tincan.tincan/message#` in a link to a message: ids, which say nothing to whoever is not in there. */
export function messageFragment({ conversation, message }: MessageAddress): string {
  return `${conversation}.${message}`
}

/** The message that such a fragment names; `undefined` for anything else. */
export function parseMessageFragment(fragment: unknown): MessageAddress | undefined {
  if (typeof fragment !== 'string' || fragment.length > maxLinkLength) return undefined
  const [first, second, ...rest] = fragment.split('.')
  const conversation = parseConversationId(first)
  const message = parseMessageId(second)
  return rest.length > 0 || conversation === undefined || message === undefined ? undefined : { conversation, message }
}

/** A link to a message in a text, from `from` to `to`. */
export interface FoundMessageLink extends MessageAddress {
  readonly from: number
  readonly to: number
}

// Of whatever editor: each has a scheme of its own. Ids have one length each, so this looks at no character twice.
const linkPattern = /\b[a-z][a-z\d+.-]{1,30}:\/\/tincan\.tincan\/message#([\da-f]{64}\.[\da-f]{76})(?!\.?\w)/g

/** The links to messages that a text holds, in order. */
export function findMessageLinks(text: string): readonly FoundMessageLink[] {
  return [...text.matchAll(linkPattern)].flatMap((match) => {
    const address = parseMessageFragment(match[1])
    return address === undefined ? [] : [{ ...address, from: match.index, to: match.index + match[0].length }]
  })
}
