import { checkPlace } from './codePlace.ts'
import type { CodePlace } from './codePlace.ts'
import { parseShort, parseText } from './boundedText.ts'
import { parseConversationId, parseMessageId, parsePersonId } from './ids.ts'
import { messageRequests, parseMessagePlace, parsePeople, parseRequest } from './parseMessageRequest.ts'
import { fileMessageParsers } from './parseFileMessage.ts'
import { parseSafeLink } from './parseSafeLink.ts'
import { maxNameBytes, maxTextBytes } from './service.ts'
import { maxAttachments } from './webviewProtocol.ts'
import type { Read } from './parseMessageRequest.ts'
import type { CodeAction, PatchAction, SnippetAction, WebviewToHost } from './webviewProtocol.ts'
import { isWorkspacePath } from './workspacePath.ts'

/** The most UTF-8 bytes of code that a webview asks to copy, insert, open or colour. */
export const maxCodeBytes = 64 * 1024
/** The most UTF-8 bytes of unsent text: more than a message holds, so that a text that is too long is kept as well. */
export const maxDraftBytes = 64 * 1024
/** The most characters of a recovery phrase, as typed. */
export const maxPhraseLength = 500
/** The most characters of a highlight key, an invite's id or a join's id. */
export const maxKeyLength = 100
/** The most UTF-8 bytes of a dropped file's address. */
export const maxUriBytes = 4096
/** The most characters of a language id. */
export const maxLanguageLength = 64

type Type = WebviewToHost['type']
type Parser<T extends Type> = (read: Read) => Extract<WebviewToHost, { type: T }> | undefined

/**
 * What a webview says, or `undefined` if it is anything else. The result is a fresh object that holds the known fields
 * only: own properties, each of the right type and within its bound.
 */
export function parseWebviewMessage(value: unknown): WebviewToHost | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const read: Read = (field) => (Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined)
  const type = read('type')
  return isType(type) ? parsers[type](read) : undefined
}

const isType = (value: unknown): value is Type => typeof value === 'string' && Object.hasOwn(parsers, value)

const parsers: { readonly [T in Type]: Parser<T> } = {
  ...fileMessageParsers,
  ready: () => ({ type: 'ready' }),
  begin: () => ({ type: 'begin' }),
  createIdentity: (read) => {
    const name = parseText(read('name'), maxNameBytes)
    return name === undefined || name === '' ? undefined : { type: 'createIdentity', name }
  },
  beginRestore: () => ({ type: 'beginRestore' }),
  restoreBackup: () => ({ type: 'restoreBackup' }),
  restore: (read) => {
    const phrase = parseShort(read('phrase'), maxPhraseLength)
    const name = parseText(read('name'), maxNameBytes)
    if (phrase === undefined || name === undefined || name === '') return undefined
    return { type: 'restore', phrase, name }
  },
  retryStore: () => ({ type: 'retryStore' }),
  noteRepair: () => ({ type: 'noteRepair' }),
  phraseDone: (read) => {
    const written = read('written')
    return typeof written === 'boolean' ? { type: 'phraseDone', written } : undefined
  },
  copyPhrase: () => ({ type: 'copyPhrase' }),
  recover: (read) => {
    const phrase = parseShort(read('phrase'), maxPhraseLength)
    return phrase === undefined ? undefined : { type: 'recover', phrase }
  },
  invite: () => ({ type: 'invite' }),
  join: () => ({ type: 'join' }),
  openWaiting: (read) => {
    const id = parseShort(read('id'), maxKeyLength)
    return id === undefined ? undefined : { type: 'openWaiting', id }
  },
  send: (read) => {
    const request = parseRequest(read('request'))
    const conversation = parseConversationId(read('conversation'))
    const text = parseText(read('text'), maxTextBytes)
    if (request === undefined || conversation === undefined || text === undefined || text === '') return undefined
    const anyway = read('anyway')
    if (anyway !== undefined && anyway !== true) return undefined
    const replyTo = parseMessageId(read('replyTo'))
    if (read('replyTo') !== undefined && replyTo === undefined) return undefined
    const thread = parseMessageId(read('thread'))
    if (read('thread') !== undefined && thread === undefined) return undefined
    const send = {
      type: 'send',
      request,
      conversation,
      text,
      ...(anyway === undefined ? {} : { anyway: true as const }),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(thread === undefined ? {} : { thread }),
    } as const
    if (read('mentions') === undefined) return send
    const mentions = parsePeople(read('mentions'))
    return mentions === undefined ? undefined : { ...send, mentions }
  },
  ...messageRequests,
  draft: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const text = parseText(read('text'), maxDraftBytes)
    if (conversation === undefined || text === undefined) return undefined
    if (read('thread') === undefined) return { type: 'draft', conversation, text }
    const thread = parseMessageId(read('thread'))
    return thread === undefined ? undefined : { type: 'draft', conversation, text, thread }
  },
  typing: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const isTyping = read('isTyping')
    if (conversation === undefined || typeof isTyping !== 'boolean') return undefined
    return { type: 'typing', conversation, isTyping }
  },
  loadOlder: (read) => {
    const request = parseRequest(read('request'))
    const conversation = parseConversationId(read('conversation'))
    const before = parseMessageId(read('before'))
    if (request === undefined || conversation === undefined || before === undefined) return undefined
    return { type: 'loadOlder', request, conversation, before }
  },
  loadNewer: (read) => {
    const request = parseRequest(read('request'))
    const conversation = parseConversationId(read('conversation'))
    const after = parseMessageId(read('after'))
    if (request === undefined || conversation === undefined || after === undefined) return undefined
    return { type: 'loadNewer', request, conversation, after }
  },
  reveal: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const message = parseMessageId(read('message'))
    return conversation === undefined || message === undefined ? undefined : { type: 'reveal', conversation, message }
  },
  latest: (read) => {
    const conversation = parseConversationId(read('conversation'))
    return conversation === undefined ? undefined : { type: 'latest', conversation }
  },
  read: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const upTo = parseMessageId(read('upTo'))
    return conversation === undefined || upTo === undefined ? undefined : { type: 'read', conversation, upTo }
  },
  openLink: (read) => {
    const url = parseSafeLink(read('url'))
    return url === undefined ? undefined : { type: 'openLink', url }
  },
  code: (read) => {
    const action = parseCodeAction(read('action'))
    const language = parseLanguage(read('language'))
    const text = parseText(read('text'), maxCodeBytes)
    if (action === undefined || language === undefined || text === undefined) return undefined
    const code = { type: 'code', action, language, text } as const
    if (read('path') === undefined) return code
    const path = read('path')
    return isWorkspacePath(path) ? { ...code, path } : undefined
  },
  snippet: (read) => {
    const action = snippetActions.find((known) => known === read('action'))
    const conversation = parseConversationId(read('conversation'))
    const message = parseMessageId(read('message'))
    if (action === undefined || conversation === undefined || message === undefined) return undefined
    return { type: 'snippet', action, conversation, message }
  },
  openPlace: (read) => {
    const place = parsePlaceFields(read('place'))
    return place === undefined ? undefined : { type: 'openPlace', place }
  },
  patch: (read) => {
    const action = patchActions.find((known) => known === read('action'))
    const conversation = parseConversationId(read('conversation'))
    const message = parseMessageId(read('message'))
    if (action === undefined || conversation === undefined || message === undefined) return undefined
    const request = { type: 'patch', action, conversation, message } as const
    if (read('file') === undefined) return request
    const file = parseRequest(read('file'))
    return file === undefined ? undefined : { ...request, file }
  },
  copyMessage: (read) => {
    const text = parseText(read('text'), maxTextBytes)
    return text === undefined ? undefined : { type: 'copyMessage', text }
  },
  highlight: (read) => {
    const key = parseShort(read('key'), maxKeyLength)
    const language = parseLanguage(read('language'))
    const text = parseText(read('text'), maxCodeBytes)
    if (key === undefined || language === undefined || text === undefined) return undefined
    return { type: 'highlight', key, language, text }
  },
  attachText: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const text = parseText(read('text'), maxTextBytes)
    const language = parseLanguage(read('language'))
    if (conversation === undefined || text === undefined || text.trim() === '' || language === undefined)
      return undefined
    return { type: 'attachText', conversation, text, language }
  },
  attachFiles: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const uris = parseUris(read('uris'))
    return conversation === undefined || uris === undefined ? undefined : { type: 'attachFiles', conversation, uris }
  },
  detach: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const id = parseRequest(read('id'))
    return conversation === undefined || id === undefined ? undefined : { type: 'detach', conversation, id }
  },
  sendAttachments: (read) => {
    const conversation = parseConversationId(read('conversation'))
    if (conversation === undefined) return undefined
    if (read('thread') === undefined) return { type: 'sendAttachments', conversation }
    const thread = parseMessageId(read('thread'))
    return thread === undefined ? undefined : { type: 'sendAttachments', conversation, thread }
  },
  share: () => ({ type: 'share' }),
  showSafetyNumber: (read) => {
    if (read('person') === undefined) return { type: 'showSafetyNumber' }
    const person = parsePersonId(read('person'))
    return person === undefined ? undefined : { type: 'showSafetyNumber', person }
  },
  pin: (read) => {
    const at = parseMessagePlace(read)
    const pinned = read('pinned')
    return at === undefined || typeof pinned !== 'boolean' ? undefined : { type: 'pin', ...at, pinned }
  },
  showMembers: () => ({ type: 'showMembers' }),
  showRoomActions: () => ({ type: 'showRoomActions' }),
  mute: () => ({ type: 'mute' }),
  search: () => ({ type: 'search' }),
  unblock: () => ({ type: 'unblock' }),
  showNetwork: () => ({ type: 'showNetwork' }),
}

/** Addresses of files, as many as can be attached. */
function parseUris(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0 || value.length > maxAttachments) return undefined
  const uris = value.map((uri: unknown) => parseText(uri, maxUriBytes)).filter((uri) => uri !== undefined && uri !== '')
  return uris.length === value.length ? (uris as readonly string[]) : undefined
}

/** A language id as editors write them; empty where a code block names none. */
function parseLanguage(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= maxLanguageLength && !/\p{Cc}/u.test(value) ? value : undefined
}

function parsePlaceFields(value: unknown): CodePlace | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const read = (field: string): unknown =>
    Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined
  return checkPlace({ path: read('path'), line: read('line'), column: read('column'), last: read('last') })
}

const codeActions: readonly CodeAction[] = ['copy', 'insert', 'open', 'compare', 'terminal']
const snippetActions: readonly SnippetAction[] = ['openInClone', 'compareWithMine', 'apply']
const patchActions: readonly PatchAction[] = ['view', 'apply', 'decline', 'copy', 'recall']

function parseCodeAction(value: unknown): CodeAction | undefined {
  return codeActions.find((action) => action === value)
}
