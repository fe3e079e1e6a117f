/** What a webview asks of messages and threads, from untrusted fields: `parseWebviewMessage.ts` has the rest. */
import { parseText } from './boundedText.ts'
import { isEmoji } from './emoji.ts'
import { parseConversationId, parseMessageId, parsePersonId } from './ids.ts'
import type { ConversationId, MessageId, PersonId } from './ids.ts'
import { messageDeeds } from './messageOffers.ts'
import { selectionDeeds, type MessageToHost, type ThreadToHost } from './messageProtocol.ts'
import { maxHidden } from './messages.ts'
import { maxMentions } from './rooms.ts'
import { maxTextBytes } from './service.ts'

/** A field of what came, by its name. */
export type Read = (field: string) => unknown
type Request = MessageToHost | ThreadToHost
type Parsers = {
  readonly [T in Request['type']]: (read: Read) => Extract<Request, { type: T }> | undefined
}

/** By type: the request as its fields say it, or `undefined` where one of them is wrong. */
export const messageRequests: Parsers = {
  focusEditor: () => ({ type: 'focusEditor' }),
  edit: (read) => {
    const at = parseMessagePlace(read)
    const text = parseText(read('text'), maxTextBytes)
    if (at === undefined || text === undefined || text.trim() === '') return undefined
    if (read('mentions') === undefined) return { type: 'edit', ...at, text }
    const mentions = parsePeople(read('mentions'))
    return mentions === undefined ? undefined : { type: 'edit', ...at, text, mentions }
  },
  react: (read) => {
    const at = parseMessagePlace(read)
    const emoji = read('emoji')
    const on = read('on')
    return at === undefined || !isEmoji(emoji) || typeof on !== 'boolean'
      ? undefined
      : { type: 'react', ...at, emoji, on }
  },
  messageMenu: (read) => {
    const at = parseMessagePlace(read)
    const menu = messageDeeds.find((known) => known === read('menu'))
    return at === undefined || menu === undefined ? undefined : { type: 'messageMenu', menu, ...at }
  },
  messageFocus: (read) => {
    const isOn = read('isOn')
    return typeof isOn === 'boolean' ? { type: 'messageFocus', isOn } : undefined
  },
  selection: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const deed = selectionDeeds.find((known) => known === read('deed'))
    const messages = parseSelected(read('messages'))
    if (conversation === undefined || deed === undefined || messages === undefined) return undefined
    return { type: 'selection', deed, conversation, messages }
  },
  openMessage: (read) => {
    const at = parseMessagePlace(read)
    return at && { type: 'openMessage', ...at }
  },
  showLifetime: (read) => {
    const conversation = parseConversationId(read('conversation'))
    return conversation === undefined ? undefined : { type: 'showLifetime', conversation }
  },
  openThread: (read) => {
    const at = parseMessagePlace(read)
    return at && { type: 'openThread', ...at }
  },
  closeThread: () => ({ type: 'closeThread' }),
  loadThread: (read) => {
    const at = parseMessagePlace(read)
    const request = parseRequest(read('request'))
    const before = parseMessageId(read('before'))
    if (at === undefined || request === undefined || before === undefined) return undefined
    return { type: 'loadThread', request, ...at, before }
  },
}

/** A message and the conversation that it is of. */
export function parseMessagePlace(read: Read): { conversation: ConversationId; message: MessageId } | undefined {
  const conversation = parseConversationId(read('conversation'))
  const message = parseMessageId(read('message'))
  return conversation === undefined || message === undefined ? undefined : { conversation, message }
}

/** Different people, as many as a message mentions. */
export function parsePeople(value: unknown): readonly PersonId[] | undefined {
  if (!Array.isArray(value) || value.length > maxMentions) return undefined
  const people = value.map(parsePersonId).filter((person) => person !== undefined)
  return people.length === value.length ? [...new Set(people)] : undefined
}

/** Different messages, as many as are dealt with at once. */
function parseSelected(value: unknown): readonly MessageId[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxHidden) return undefined
  const messages = value.map(parseMessageId).filter((message) => message !== undefined)
  return messages.length === value.length ? [...new Set(messages)] : undefined
}

/** The number of a request of the webview, or of one of the files of a patch. */
export function parseRequest(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
