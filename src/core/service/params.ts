/** Parameters as they come from outside: parsed field by field, `undefined` when anything is wrong. */
import { parseConversationId, parseInviteId, parseMessageId } from '../../shared/ids.ts'
import type { MessageId } from '../../shared/ids.ts'
import type { ServiceMethod, ServiceRequests } from '../../shared/service.ts'
import { parsePatchTrial } from '../../shared/patch/patchTrial.ts'
import { maxHistoryPage } from '../../shared/service.ts'
import { maxScannedLength } from '../../shared/secrets.ts'
import { chatError } from '../../shared/chatError.ts'
import { parsePatchResult } from '../body/codeBodies.ts'
import { parseSendBody } from '../body/parseSendBody.ts'
import { parseName } from '../contact/name.ts'
import { maxExpiryMs, minExpiryMs } from '../invite/inviteLimits.ts'
import { contactParsers } from './contactParams.ts'
import type { Fields } from './fields.ts'
import { flag, partial, text, whole } from './fields.ts'
import { messageParsers } from './messageParams.ts'
import { roomParsers } from './roomParams.ts'
import { archiveParsers } from './archiveParams.ts'
import { fileParsers } from './fileParams.ts'
import { searchParsers } from './searchParams.ts'

/** The most characters of a draft and of a phrase. */
const maxDraftLength = 64 * 1024
/** The most characters of a file's name or path. */
const maxFileNameLength = 4096
const maxPhraseLength = 1024

type Parsers = { readonly [M in ServiceMethod]: (fields: Fields) => ServiceRequests[M]['params'] | undefined }

/** Of a thread, where one is given. */
function inThread<T extends object>(thread: unknown, place: T | undefined): (T & { thread?: MessageId }) | undefined {
  if (place === undefined || thread === undefined) return place
  const root = parseMessageId(thread)
  return root && { ...place, thread: root }
}

const nothing = (): Record<string, never> => ({})

const parsers: Parsers = {
  ...roomParsers,
  ...contactParsers,
  ...messageParsers,
  'identity/state': nothing,
  'identity/get': nothing,
  'identity/create': ({ name }) => whole({ name: parseName(name) }),
  'identity/phrase': nothing,
  'identity/confirmPhrase': ({ phrase }) =>
    phrase === undefined ? {} : whole({ phrase: text(phrase, maxPhraseLength) }),
  'identity/recover': ({ phrase }) => whole({ phrase: text(phrase, maxPhraseLength) }),
  'identity/restore': ({ phrase, name }) => whole({ phrase: text(phrase, maxPhraseLength), name: parseName(name) }),
  'identity/rename': ({ name }) => whole({ name: parseName(name) }),
  'invite/create': ({ kind, expiresInMs, autoAccept }) => {
    if (kind !== 'contact') return undefined
    if (autoAccept !== undefined && typeof autoAccept !== 'boolean') return undefined
    const isExpiry =
      Number.isSafeInteger(expiresInMs) && Number(expiresInMs) >= minExpiryMs && Number(expiresInMs) <= maxExpiryMs
    if (expiresInMs !== undefined && !isExpiry) return undefined
    return {
      kind,
      ...(expiresInMs !== undefined && { expiresInMs: Number(expiresInMs) }),
      ...(autoAccept !== undefined && { autoAccept }),
    }
  },
  'invite/list': nothing,
  'invite/link': ({ invite }) => whole({ invite: parseInviteId(invite) }),
  'invite/revoke': ({ invite }) => whole({ invite: parseInviteId(invite) }),
  'invite/confirm': ({ invite, accept }) => whole({ invite: parseInviteId(invite), accept: flag(accept) }),
  // Whatever text it is: the link's own parser says what is wrong with it.
  'invite/inspect': ({ link }) => whole({ link: typeof link === 'string' ? link : undefined }),
  'invite/accept': ({ link }) => whole({ link: typeof link === 'string' ? link : undefined }),
  'invite/abandon': ({ join }) => whole({ join: text(join, 64) }),
  'conversation/list': nothing,
  'conversation/history': ({ conversation, before, after, limit }) => {
    const isLimit = Number.isSafeInteger(limit) && Number(limit) >= 1 && Number(limit) <= maxHistoryPage
    const fields = whole({
      conversation: parseConversationId(conversation),
      limit: isLimit ? Number(limit) : undefined,
    })
    if (fields === undefined) return undefined
    if ((after ?? null) !== null) {
      const place = (before ?? null) === null ? parseMessageId(after) : undefined
      return place && { ...fields, after: place }
    }
    if ((before ?? null) === null) return fields
    const place = parseMessageId(before)
    return place && { ...fields, before: place }
  },
  'conversation/read': ({ conversation, upTo }) =>
    whole({ conversation: parseConversationId(conversation), upTo: parseMessageId(upTo) }),
  ...searchParsers,
  ...archiveParsers,
  ...fileParsers,
  'draft/get': ({ conversation, thread }) =>
    inThread(thread, whole({ conversation: parseConversationId(conversation) })),
  'draft/set': ({ conversation, thread, text: draft }) =>
    inThread(thread, whole({ conversation: parseConversationId(conversation), text: text(draft, maxDraftLength) })),
  'message/get': ({ conversation, message }) =>
    whole({ conversation: parseConversationId(conversation), message: parseMessageId(message) }),
  'message/send': ({ conversation, body, token }) => {
    const parsed = parseSendBody(body)
    if (parsed === 'too-long') throw chatError('message-too-long')
    const send = whole({ conversation: parseConversationId(conversation), body: parsed })
    if (send === undefined || token === undefined) return send
    return typeof token === 'string' && /^[0-9a-f]{32}$/.test(token) ? { ...send, token } : undefined
  },
  'patch/result': ({ conversation, patch, outcome, hunks }) => {
    const result = parsePatchResult({ patch, outcome, hunks })
    const id = parseConversationId(conversation)
    if (result === undefined || id === undefined) return undefined
    const { kind: _, ...said } = result
    return { conversation: id, ...said }
  },
  'trial/get': ({ conversation, patch }) =>
    whole({ conversation: parseConversationId(conversation), patch: parseMessageId(patch) }),
  'trial/set': ({ conversation, patch, trial }) =>
    whole({
      conversation: parseConversationId(conversation),
      patch: parseMessageId(patch),
      trial: parsePatchTrial(trial),
    }),
  'store/state': nothing,
  'store/retry': nothing,
  'store/noted': nothing,
  'network/status': nothing,
  'network/retry': nothing,
  'privacy/get': nothing,
  'privacy/set': ({ readReceipts, typing, lastSeen }) =>
    partial({
      readReceipts: [readReceipts, flag(readReceipts)],
      typing: [typing, flag(typing)],
      lastSeen: [lastSeen, flag(lastSeen)],
    }),
  'conversation/typing': ({ conversation, typing }) =>
    whole({ conversation: parseConversationId(conversation), typing: flag(typing) }),
  'scan/text': ({ text: scanned, name }) => {
    const fields = whole({ text: text(scanned, maxScannedLength) })
    if (fields === undefined || name === undefined) return fields
    const file = text(name, maxFileNameLength)
    return file === undefined || file === '' ? undefined : { ...fields, name: file }
  },
  shutdown: nothing,
}

/** Whether there is a request of this name. */
export function isServiceMethod(method: string): method is ServiceMethod {
  return Object.hasOwn(parsers, method)
}

/** The parameters of a request. Throws `invalid-params`, or `message-too-long`. */
export function parseParams<M extends ServiceMethod>(method: M, params: unknown): ServiceRequests[M]['params'] {
  const fields = params ?? {}
  const parsed = typeof fields === 'object' && !Array.isArray(fields) ? parsers[method](fields as Fields) : undefined
  if (parsed === undefined) throw chatError('invalid-params', method)
  return parsed
}
