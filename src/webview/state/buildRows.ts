import type { RoomBody } from '../../shared/rooms.ts'
import type { Message, MessageState } from '../../shared/service.ts'
import { dayOf } from '../text/times.ts'
import { isForeign, isLine } from './conversationState.ts'
import type { ConversationState } from './conversationState.ts'
import type { PendingSend } from './pendingSends.ts'
import { readBy } from './readBy.ts'

/** Messages of one author that are at most this far apart form one run under one name. */
export const runGapMs = 5 * 60 * 1000
/** So many lines about the room in a row fold into one. */
export const foldFrom = 3

interface Place {
  /** The first of its run: it carries the name and the time. */
  readonly first: boolean
  readonly last: boolean
}

export interface ChangesRow {
  readonly kind: 'changes'
  readonly key: string
  /** In order; never empty. */
  readonly messages: readonly RoomLine[]
  /** `undefined`: there are too few to fold. */
  readonly isFolded: boolean | undefined
  /** The one line that ends the room for this person: it never folds. */
  readonly isGrave: boolean
}

/** A message that is a line about the room. */
export type RoomLine = Message & { readonly body: RoomBody }

/** One row of the list, from top to bottom. `key` stays the same as long as the row does. */
export type Row =
  | { readonly kind: 'top'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'notice'; readonly key: string; readonly message: Message }
  /** Lines about the room with nothing said in between. */
  | ChangesRow
  | (Place & {
      readonly kind: 'message'
      readonly key: string
      readonly message: Message
      readonly own: boolean
      /** Its time is of another day than the separator above it says. */
      readonly isOfOtherDay: boolean
      /** The state to be seen, where it is to be seen. */
      readonly state: MessageState | undefined
    })
  | (Place & { readonly kind: 'pending'; readonly key: string; readonly send: PendingSend })

/** The rows of a conversation: the top, day separators, the "new" line, runs of messages, pending sends. Pure. */
export function buildRows(state: ConversationState): readonly Row[] {
  const rows: Row[] = [{ kind: 'top', key: 'top' }]
  let lastDay = Number.NEGATIVE_INFINITY
  let newShown = state.newAfter === undefined
  let previous: Message | undefined
  let lines: RoomLine[] = []
  state.messages.forEach((message, index) => {
    const next = state.messages[index + 1]
    // A doubtful time, or one earlier than what stands above, opens no day.
    const day = message.sentAtDoubtful === true ? lastDay : dayOf(message.sentAt)
    if (day > lastDay) {
      rows.push({ kind: 'day', key: `day ${String(day)}`, at: message.sentAt })
      lastDay = day
      previous = undefined
    }
    if (!newShown && isForeign(state, message) && message.id > (state.newAfter ?? '')) {
      rows.push({ kind: 'new', key: 'new' })
      newShown = true
      previous = undefined
    }
    if (message.body.kind === 'notice') {
      rows.push({ kind: 'notice', key: message.id, message })
      previous = undefined
      return
    }
    if (isRoomLine(message)) {
      const above = rows.at(-1)
      const isGrave = endsHere(state, message)
      if (above?.kind === 'changes' && !above.isGrave && !isGrave) lines.push(message)
      else rows.push({ kind: 'changes', key: message.id, messages: (lines = [message]), isFolded: undefined, isGrave })
      previous = undefined
      return
    }
    const last = next === undefined ? state.pending.length === 0 : !isSameRun(message, next)
    rows.push({
      kind: 'message',
      key: keyOf(state, message),
      message,
      own: message.author === state.self,
      isOfOtherDay: dayOf(message.sentAt) !== lastDay,
      first: previous === undefined || !isSameRun(previous, message),
      last,
      state: message.author !== state.self ? undefined : visibleState(state, message, next, last),
    })
    previous = message
  })
  addPending(rows, state, previous)
  return rows.map((row) => (row.kind === 'changes' ? { ...row, isFolded: isFolded(row, state) } : row))
}

function isFolded({ messages }: ChangesRow, { unfolded }: ConversationState): boolean | undefined {
  if (messages.length < foldFrom) return undefined
  return !messages.some(({ id }) => unfolded.has(id))
}

const endsHere = ({ self }: ConversationState, { body }: RoomLine): boolean =>
  body.change === 'dissolved' || (body.change === 'removed' && body.person === self)

const isRoomLine = (message: Message): message is RoomLine => message.body.kind === 'room'

function addPending(rows: Row[], state: ConversationState, previous: Message | undefined): void {
  state.pending.forEach((send, index) => {
    const after =
      index > 0 ? state.pending[index - 1]?.at : previous?.author === state.self ? previous.sentAt : undefined
    const first = after === undefined || send.at - after > runGapMs
    rows.push({
      kind: 'pending',
      key: `sent ${String(send.request)}`,
      send,
      first,
      last: index === state.pending.length - 1,
    })
  })
}

/** A state is said once for neighbours that share it: by the last of them in its run. */
function visibleState(
  { conversation }: ConversationState,
  message: Message,
  next: Message | undefined,
  last: boolean,
): MessageState | undefined {
  const isSaidBelow =
    next?.state === message.state &&
    next.deliveredTo === message.deliveredTo &&
    readBy(conversation, next) === readBy(conversation, message)
  return last || !isSaidBelow ? message.state : undefined
}

function isSameRun(a: Message, b: Message): boolean {
  return (
    a.author === b.author &&
    !isLine(a) &&
    !isLine(b) &&
    a.sentAtDoubtful === b.sentAtDoubtful &&
    Math.abs(b.sentAt - a.sentAt) <= runGapMs &&
    dayOf(a.sentAt) === dayOf(b.sentAt)
  )
}

function keyOf(state: ConversationState, message: Message): string {
  const request = state.requests.get(message.id)
  return request === undefined ? message.id : `sent ${String(request)}`
}
