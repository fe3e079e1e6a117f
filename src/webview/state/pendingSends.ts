import type { MessageId } from '../../shared/ids.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { Message } from '../../shared/service.ts'
import type { ConversationAction, ConversationState } from './conversationState.ts'

/** A message that was handed to the host and is not among the messages yet. */
export interface PendingSend {
  readonly request: number
  readonly text: string
  readonly at: number
  /** The message that it answers. */
  readonly replyTo?: MessageId
  /** It is on disk under this id; its message has come or is about to. */
  readonly id?: MessageId
  /** It failed, and this says why. */
  readonly sentence?: string
  /** It was held back because of these. */
  readonly findings?: readonly SecretFinding[]
}

/** Pending sends that have arrived as messages give up their place to them. */
export function adopt(
  state: ConversationState,
  incoming: readonly Message[],
): Pick<ConversationState, 'pending' | 'requests'> {
  const requests = new Map(state.requests)
  let pending = state.pending
  for (const message of incoming) {
    if (message.author !== state.self) continue
    const { body } = message
    const isThis = (send: PendingSend): boolean => send.id === message.id
    const couldBeThis = (send: PendingSend): boolean =>
      send.id === undefined && send.sentence === undefined && body.kind === 'text' && body.text === send.text
    const match = pending.find(isThis) ?? (requests.has(message.id) ? undefined : pending.find(couldBeThis))
    if (match === undefined) continue
    requests.set(message.id, match.request)
    pending = pending.filter((send) => send !== match)
  }
  return { pending, requests }
}

/** The host has answered: it is on disk, or it failed. */
export function finishSend(
  state: ConversationState,
  { request, id, sentence, findings }: Extract<ConversationAction, { type: 'sendResult' }>,
): ConversationState {
  const shown = id !== undefined && state.messages.some((message) => message.id === id)
  const requests = id === undefined ? state.requests : new Map(state.requests).set(id, request)
  const pending = state.pending.flatMap((send): readonly PendingSend[] => {
    if (send.request !== request) return [send]
    if (id !== undefined) return shown ? [] : [{ ...send, id }]
    return [{ ...send, sentence: sentence ?? '', ...(findings && { findings }) }]
  })
  return { ...state, pending, requests }
}

/** The pending sends that are not among `messages`. */
export const landed = (state: ConversationState, messages: readonly Message[]): readonly PendingSend[] =>
  state.pending.filter((send) => send.id === undefined || !messages.some((message) => message.id === send.id))
