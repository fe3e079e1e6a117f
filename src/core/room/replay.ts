/**
 * What the control log of a room comes to, for whoever holds the same operations: no clock, no trust in who brought
 * them, and no order of arrival has a part in it.
 *
 * `order.ts` puts the operations into one order that keeps causality and favours rank; `judge.ts` and `admit.ts` decide
 * each by the state at its place; `apply.ts` changes the state by those found right. The others have no effect, are
 * listed in `RoomView.refused`, and are kept and passed on like all.
 *
 * How to use it:
 * - **Reading.** Open an event's body under its epoch's control key (`roomKeys.ts`), or take it as it is where the event
 *   names `clearEpoch`; `decodeStatement`; give it to `RoomReplay.add` as a `ControlEvent`. A body whose key is not held
 *   goes in as `{ unreadable: 'key-missing', after: [] }`, and once more when the key has come.
 * - **Keys.** When the view has an epoch whose `rekey` has a box with `deviceHint` of this device, `openKeys` it, and keep
 *   the key and the earlier ones that come with it.
 * - **Writing.** Ask `refusalOf`; write `{ after: view.heads, operation }`, with a clock later than all that was read, in
 *   the epoch that `currentEpoch` names. While `isRekeyDue`, write the operations of `startEpoch` first (in clear). While
 *   there are `lackingEpochs`, ask for them by `lacking`. Into `cuts` go all devices of the person, each with the highest
 *   seq held of its message log.
 * - **Joining.** Take in the control log up to the invite and the epoch of the welcome before writing `join`. A newcomer
 *   whose history is `from-now` holds control keys only: `isRekeyDue` is true for it, and its new epoch is what it can read.
 * - **Messages.** One counts if `isMessageValid`; lines of the room stand among messages by (clock, id).
 */
import { isJoinProven, judgeFounding, judgeJoin, type JoinFacts } from './admit.ts'
import { applyFounding, applyJoin, applyOperation } from './apply.ts'
import { noteVoidRekey } from './applyRekey.ts'
import type { OperationNode } from './dag.ts'
import { Dag } from './dag.ts'
import { judge, type Actor, type MemberOperation } from './judge.ts'
import { depart } from './departures.ts'
import type { ControlEvent, Operation, OperationId, Statement } from './operation.ts'
import { maxAfter } from './operation.ts'
import { compareOperations } from './operationPosition.ts'
import { visitInOrder } from './order.ts'
import { emptyRoom, strangerRank, viewOf, type RoomState } from './roomState.ts'
import type { RefusalReason, RoomView } from './roomView.ts'

/** The view of a room (its id: 32 bytes) in which these events are all that was said, in whatever order they stand. */
export function replay(room: Uint8Array, events: Iterable<ControlEvent>): RoomView {
  return new RoomReplay(room).add(events)
}

/**
 * The same, taking events as they come: one that comes after all others is applied to what is there, and for one that
 * was written at the same time as others everything is replayed.
 */
export class RoomReplay {
  readonly #room: Uint8Array
  readonly #events = new Map<OperationId, ControlEvent>()
  /** Not linked yet: something before them is not here. */
  readonly #waiting = new Set<ControlEvent>()
  /** Checking a signature costs more than all the rest of a replay, and its outcome depends on the operations alone. */
  readonly #proven = new WeakMap<Operation, boolean>()
  #dag = new Dag()
  #state: RoomState
  #view: RoomView | undefined

  constructor(room: Uint8Array) {
    this.#room = room
    this.#state = emptyRoom(room)
  }

  get view(): RoomView {
    this.#view ??= viewOf(this.#state, this.#heads(), this.#waiting.size)
    return this.#view
  }

  /**
   * Takes up events that are new, or that can be opened now and could not be before; the view with them. Events that
   * wait for others are taken up when those come.
   */
  add(events: Iterable<ControlEvent>): RoomView {
    let isReread = false
    for (const event of events) {
      const present = this.#events.get(event.id)
      if (present !== undefined && !('unreadable' in present.content)) continue
      if (present !== undefined) isReread = true
      this.#events.set(event.id, event)
      this.#waiting.add(event)
    }
    if (isReread) this.#startAnew()
    this.#link()
    this.#view = undefined
    return this.view
  }

  /** Whether an operation is here, with all that it came after. */
  has(id: OperationId): boolean {
    return this.#dag.has(id)
  }

  /** Whether the author of `later` knew `earlier`. */
  isBefore(earlier: OperationId, later: OperationId): boolean {
    return this.#dag.isBefore(earlier, later)
  }

  /** Every operation whose author knew this one. */
  after(id: OperationId): ReadonlySet<OperationId> {
    return this.#dag.after(id)
  }

  #startAnew(): void {
    this.#dag = new Dag()
    this.#state = emptyRoom(this.#room)
    this.#waiting.clear()
    for (const event of this.#events.values()) this.#waiting.add(event)
  }

  #link(): void {
    const clockOf = (id: OperationId): number | undefined => this.#events.get(id)?.clock
    let isInOrder = true
    // What comes before has the lower clock, so one pass links all that can be linked.
    for (const event of [...this.#waiting].sort(compareOperations)) {
      const node = this.#dag.link(event, clockOf)
      if (node === undefined) continue
      this.#waiting.delete(event)
      isInOrder &&= this.#dag.isLast(node)
      if (isInOrder) this.#visit(this.#state, node)
    }
    if (isInOrder) return
    this.#state = emptyRoom(this.#room)
    visitInOrder(
      this.#dag.nodes,
      (node) => rankOf(this.#state, node),
      (node) => {
        this.#visit(this.#state, node)
      },
    )
  }

  #visit(state: RoomState, { event, isBackdated }: OperationNode): void {
    const { content } = event
    const reason = isBackdated
      ? 'clock'
      : 'unreadable' in content
        ? content.unreadable
        : this.#take(state, event, content)
    if (reason === undefined) return
    const kind = 'unreadable' in content ? undefined : content.operation.kind
    state.refused.push({ operation: event.id, device: event.device, ...(kind && { kind }), reason })
  }

  /** Applies the operation, or says why not. */
  #take(state: RoomState, event: ControlEvent, { operation }: Statement): RefusalReason | undefined {
    if (operation.kind === 'found') {
      const reason = judgeFounding(state, event, operation)
      if (reason === undefined) applyFounding(state, event, operation)
      return reason
    }
    if (!state.isFounded) return 'not-the-founding'
    if (state.isDissolved) return 'dissolved'
    if (operation.kind !== 'rekey' && !state.epochPlaces.has(event.epoch)) return 'unknown-epoch'
    if (operation.kind === 'join') {
      const reason = judgeJoin(state, event, operation, this.#facts)
      if (reason === undefined) applyJoin(state, event, operation)
      // Whoever let it in did not know better, and gave it keys.
      else if (!state.members.has(operation.member.person)) depart(state, event.id, this.#facts.isBefore)
      return reason
    }
    const actor = actorOf(state, event, operation)
    if (actor === undefined) {
      if (operation.kind === 'rekey') noteVoidRekey(state, event, operation)
      return 'not-a-member'
    }
    const isUnaware = state.cameBy !== undefined && !this.isBefore(state.cameBy, event.id)
    const reason = judge({ ...state, whoInvites: state.whoInvites.value }, { ...actor, isUnaware }, operation)
    if (reason === undefined) applyOperation(state, event, actor.member, operation, this.#facts.isBefore)
    // Whoever invited did not know better either, and may have let somebody in who has not joined yet.
    else if (operation.kind === 'invite') depart(state, event.id, this.#facts.isBefore)
    return reason
  }

  readonly #facts: JoinFacts = {
    isBefore: (earlier, later) => this.isBefore(earlier, later),
    isProven: (operation, invite) => {
      const isProven = this.#proven.get(operation) ?? isJoinProven(this.#room, operation, invite)
      this.#proven.set(operation, isProven)
      return isProven
    },
  }

  #heads(): OperationId[] {
    return this.#dag.heads.slice(-maxAfter).map(({ event }) => event.id)
  }
}

/** The member who speaks; `undefined` if the device is not a member's. */
function actorOf(state: RoomState, { device }: ControlEvent, operation: MemberOperation): Actor | undefined {
  const known = state.devices.get(device)
  // A member's new device introduces itself by a profile that lists it.
  const person = known?.person ?? (operation.kind === 'profile' ? operation.member.person : undefined)
  const member = person && state.members.get(person)
  if (member === undefined) return undefined
  const isListed = known === undefined || member.record.devices.some((one) => one.device === device)
  return isListed ? { member, device } : undefined
}

function rankOf({ devices, members }: RoomState, { event }: OperationNode): number {
  const person = devices.get(event.device)?.person
  return (person && members.get(person)?.rank) ?? strangerRank
}
