import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { Role, RoomState } from '../../shared/rooms.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Introduction } from '../invite/introduction.ts'
import type { HeldKey } from '../room/keyBox.ts'
import type { Operation, OperationId } from '../room/operation.ts'
import { RoomReplay } from '../room/replay.ts'
import type { MemberStanding, RoomView } from '../room/roomView.ts'
import { EpochKeeper } from './epochKeeper.ts'
import { isPendingGuest } from './isPendingGuest.ts'
import type { KeyRing } from './keyRing.ts'
import { MessagesTie } from './messagesTie.ts'
import { RefusalCount } from './refusalCount.ts'
import { requireRole } from './requireRole.ts'
import type { RoomContext } from './roomContext.ts'
import { RoomDeeds } from './roomDeeds.ts'
import { RoomLines } from './roomLines.ts'
import type { RoomLog } from './roomLog.ts'
import { noteMending, noteParting } from './roomNotes.ts'
import { maxGuests } from './roomRecords.ts'
import type { RoomRecord } from './roomRecords.ts'
import { RoomUpkeep } from './roomUpkeep.ts'
import { SpentKeys } from './spentKeys.ts'
import { Wholeness } from './wholeness.ts'

export interface RoomParts {
  readonly context: RoomContext
  readonly record: RoomRecord
  readonly log: RoomLog
  readonly messages: Conversation
  readonly keys: KeyRing
}

/** One room: its room log, what that comes to, its keys, and its messages. */
export class Room {
  readonly id: Uint8Array
  /** Under which the service knows it. */
  readonly conversation: ConversationId
  readonly log: RoomLog
  readonly messages: Conversation
  readonly keys: KeyRing
  readonly epochs: EpochKeeper
  /** What this person can do here. */
  readonly deeds = new RoomDeeds(this)
  readonly wholeness = new Wholeness(this)
  readonly #context: RoomContext
  readonly #onDidChange = new Emitter<void>()
  readonly #refusals: RefusalCount
  readonly #upkeep: RoomUpkeep
  readonly #spentKeys: SpentKeys
  #isMaintaining = false
  #record: RoomRecord
  #replay: RoomReplay
  #lines: RoomLines

  constructor({ context, record, log, messages, keys }: RoomParts) {
    this.#context = context
    this.#record = record
    this.id = record.id
    this.conversation = messages.id
    this.log = log
    this.messages = messages
    this.keys = keys
    this.#refusals = new RefusalCount(record.id, context.log)
    this.#replay = new RoomReplay(record.id)
    this.#lines = new RoomLines([])
    this.epochs = new EpochKeeper({ context, room: this })
    this.#upkeep = new RoomUpkeep({ context, room: this })
    this.#spentKeys = new SpentKeys({ context, room: this })
    this.#readAll()
    this.#follow()
    messages.tie(new MessagesTie(this, this.epochs))
    log.onDidSay(({ log: author, events }) => {
      this.#take(author, events)
    })
    messages.onDidAppend(() => {
      this.log.raiseClock(this.messages.clock)
    })
    log.onDidConfirm(this.#part)
    log.onDidCatchUp((person) => {
      this.#attempt('A room that is whole again could not be kept so', noteMending(this, person, this.#note))
    })
  }

  /** Who belongs, what it is called, or what this device may do there is not what it was. */
  readonly onDidChange: Event<void> = this.#onDidChange.event

  get record(): RoomRecord {
    return this.#record
  }
  get replay(): RoomReplay {
    return this.#replay
  }
  get view(): RoomView {
    return this.#replay.view
  }
  /** Lines about the room, to stand among its messages. */
  get lines(): RoomLines {
    return this.#lines
  }
  get title(): string {
    return this.view.isFounded ? this.view.title : this.#record.title
  }
  get self(): PersonId {
    return this.#context.account().identity.person
  }
  /** This person among the members; `undefined` if it does not belong, or does not know yet that it does. */
  get own(): MemberStanding | undefined {
    return this.view.members.get(this.self)
  }
  get state(): RoomState {
    const { view, own, self } = this
    if (view.isDissolved) return 'dissolved'
    return own !== undefined || !view.isFounded ? 'active' : (view.former.get(self)?.how ?? 'active')
  }
  /** Everybody else who belongs. */
  get others(): ReadonlySet<PersonId> {
    return new Set([...this.view.members.keys()].filter((person) => person !== this.self))
  }

  /** Whether this person is told what is said here: a member, or a guest who is about to be one. */
  isSharedWith(person: PersonId): boolean {
    return (this.isOpen && this.view.members.has(person)) || this.guests.some(({ personId }) => personId === person)
  }

  /** This person belongs, or does not know yet that it does, or left and nobody has heard of that. */
  get isOpen(): boolean {
    return this.own !== undefined || !this.view.isFounded || (this.state === 'left' && !this.#record.isParted)
  }

  /** Those let in, or who let this device in, of whom the room log says nothing yet. */
  get guests(): readonly Introduction[] {
    return this.#record.guests.flatMap((guest) => (isPendingGuest(this, guest) ? [guest.introduction] : []))
  }

  /** Throws the `ChatError` that says why this person may not do what takes this role. */
  requireRole(least: Role): MemberStanding {
    return requireRole(this, least)
  }

  /** Lets somebody in, or remembers who let this device in, inside a transaction of the caller. */
  addGuest(introduction: Introduction, invite: Uint8Array, floors = this.#record.floors): void {
    const others = this.#record.guests.filter((guest) => guest.introduction.personId !== introduction.personId)
    this.#put({ guests: [...others, { introduction, invite }].slice(-maxGuests), floors, isParted: false })
  }

  changed(): void {
    this.#onDidChange.fire()
    this.messages.touch()
  }

  /**
   * Says operations in the room log and resolves once they are on disk. What they are to be is asked inside the
   * transaction, from the view of that moment; a `ChatError` thrown there is the answer.
   *
   * `isDeparture`: the operations send somebody away, so that a new epoch begins after them.
   */
  async say(choose: () => readonly Operation[], isDeparture = false): Promise<readonly OperationId[]> {
    let events: readonly StoredEvent[] = []
    await this.#commit(() => {
      const said = this.speak(choose())
      events = isDeparture && this.own !== undefined ? [...said, ...this.epochs.renewIfDue()] : said
    })
    this.log.written(events)
    return events.map(({ id }) => toHex(id) as OperationId)
  }

  /**
   * `write`, for the members alone: where somebody went who held the newest key, a new epoch begins first. Without any
   * operations, nothing at all.
   */
  speak(operations: readonly Operation[]): readonly StoredEvent[] {
    return operations.length === 0 ? [] : [...this.epochs.renewIfDue(), ...this.write(operations)]
  }

  /**
   * Writes operations to the room log and takes them up, inside a transaction of the caller, who pushes them later.
   * They come after `heads` and are sealed in `epoch`: by default after everything, in the newest epoch that is held.
   */
  write(operations: readonly Operation[], epoch = this.epochs.newestControl, heads = this.view.heads): StoredEvent[] {
    this.log.raiseClock(this.messages.clock)
    const events = this.log.write(heads, epoch, operations, Math.max(0, this.#context.clock.now()))
    this.#replay.add(events.map((event) => this.log.read(this.log.own, event)))
    return events
  }

  /** Takes up and keeps a key, inside a transaction of the caller. */
  keepKey(key: HeldKey): void {
    if (this.keys.add(key)) this.keys.keep(key)
  }

  /** One piece of work for the next transaction; memory is read anew where the disk refuses. */
  #commit(apply: () => void): Promise<void> {
    return this.#context.committer.run(apply, () => {
      this.restore()
    })
  }

  /** Reads memory anew from the store after a transaction failed. */
  restore(): void {
    this.#record = this.#context.rooms.get(this.id) ?? this.#record
    this.log.restore()
    this.#replay = new RoomReplay(this.id)
    this.#readAll()
  }

  #readAll(): void {
    const read = [...this.log.readAll()]
    this.#replay.add(this.wholeness.read(this.epochs.reopen(read) ? [...this.log.readAll()] : read))
    this.#lines = new RoomLines(this.view.lines)
    this.messages.raiseClock(this.log.clock)
    this.log.raiseClock(this.messages.clock)
    this.#refusals.skip(this.view.refused)
  }

  /** New events of the room log are on disk. */
  #take(author: DeviceLog, events: readonly StoredEvent[]): void {
    const shown = this.#lines
    const read = events.map((event) => this.log.read(author, event))
    // What could not be opened before can be now.
    const isMore = this.epochs.open(read)
    this.#replay.add(isMore ? [...read, ...this.log.readAll()] : read)
    this.#settle(shown)
  }

  /** Reads everything anew: keys came that may open more of it. */
  reread(): void {
    const shown = this.#lines
    this.restore()
    this.#settle(shown)
    this.log.tellCaughtUp()
  }

  /** More of the room log was read than what is `shown`. */
  #settle(shown: RoomLines): void {
    this.messages.raiseClock(this.log.clock)
    this.#lines = new RoomLines(this.view.lines)
    this.#follow()
    this.#refusals.report(this.view.refused)
    this.messages.recount(this.#lines.beyond(shown), this.#lines.changedSince(shown))
    this.#onDidChange.fire()
    this.#part()
    this.maintain()
  }

  /** Says what is to be said without being asked for (a new name, keys that are lacking), and destroys keys that protect nothing. */
  maintain(): void {
    if (this.#isMaintaining) return
    this.#isMaintaining = true
    this.#context.clock.defer(() => {
      this.#isMaintaining = false
      if (this.wholeness.isTorn) return
      if (this.#upkeep.isDue) this.#attempt('A room could not be kept up', this.#upkeep.run())
      this.#attempt('Old keys of a room could not be destroyed', this.#spentKeys.destroy())
    })
  }

  readonly #part = (): void => {
    this.#attempt('A room that was left could not be closed', noteParting(this, this.#note))
  }

  readonly #note = async (changes: Partial<RoomRecord>): Promise<void> => {
    await this.#commit(() => {
      this.#put(changes)
    })
    this.changed()
    this.maintain()
  }

  /** Work that nobody waits for. */
  #attempt(problem: string, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#context.log.error(problem, error)
    })
  }

  /** Takes in the messages of everybody who may write, and forgets guests who are none any more. */
  #follow(): void {
    const missing = [...this.view.devices].filter(([device]) => this.messages.log(device) === undefined)
    const isPending = (guest: RoomRecord['guests'][number]): boolean => isPendingGuest(this, guest)
    // Until its joining counted, whoever came back was taken for one who has left, and whom all have heard of.
    const isBack = this.own !== undefined && this.#record.isParted
    if (missing.length === 0 && this.#record.guests.every(isPending) && !isBack) return
    const followed = this.#commit(() => {
      this.#put({ guests: this.#record.guests.filter(isPending), ...(isBack && { isParted: false }) })
      for (const [device, { person }] of missing) this.messages.addLog(idBytes(device), idBytes(person))
    })
    this.#attempt('The logs of new members could not be kept', followed)
  }

  #put(changes: Partial<RoomRecord>): void {
    this.#record = { ...this.#record, ...changes }
    this.#context.rooms.put(this.id, this.#record)
  }
}
