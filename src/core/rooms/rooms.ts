import { chatError } from '../../shared/chatError.ts'
import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import { Conversation } from '../conversation/conversation.ts'
import type { LoadedRecords } from '../conversation/conversationRecords.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { DeviceLog } from '../conversation/deviceLog.ts'
import { Epochs } from '../conversation/epochs.ts'
import type { SyncedLogs } from '../conversation/syncedLogs.ts'
import { keyBytes } from '../crypto/primitives.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Introduction } from '../invite/introduction.ts'
import { memberRecordOf } from '../room/memberRecord.ts'
import type { Operation, OperationId } from '../room/operation.ts'
import { maxAfter } from '../room/operation.ts'
import { messageLogIdOf, roomIdOf, roomNonceBytes } from '../room/roomKeys.ts'
import { epochOf } from '../room/keyBox.ts'
import { topSeq } from '../event/ranges.ts'
import { hostsOf } from './hostsOf.ts'
import { KeyRing } from './keyRing.ts'
import { messagesRecord } from './messagesRecord.ts'
import { Room } from './room.ts'
import type { RoomContext } from './roomContext.ts'
import { RoomLog } from './roomLog.ts'
import type { RoomGrant, RoomRecord } from './roomRecords.ts'
import type { RoomWelcome } from './roomWelcome.ts'
import { welcomeTo } from './welcomeTo.ts'

/** What a room begins with. */
export interface RoomStart {
  readonly title: string
  readonly topic: string
  readonly whoInvites: 'admins' | 'everybody'
}

/** All rooms of this device. */
export class Rooms {
  readonly #context: RoomContext
  readonly #conversations: Conversations
  readonly #byId = new Map<string, Room>()
  readonly #onDidChange = new Emitter<Room>()

  constructor(context: RoomContext, conversations: Conversations, loaded: LoadedRecords) {
    this.#context = context
    this.#conversations = conversations
    const keys = context.keys.list()
    for (const kept of context.rooms.list()) {
      const { logs } = loaded.of(kept.id)
      const messages = conversations.get(toHex(messageLogIdOf(kept.id)) as ConversationId)
      if (messages === undefined) continue
      const { record, own } = this.#withOwnLog(kept, logs)
      const id = toHex(record.id)
      const control = new Epochs()
      const held = keys.filter(({ room }) => toHex(room) === id).map(({ key }) => key)
      const ring = new KeyRing({ room: record.id, table: context.keys, control, messages: messages.epochs }, held)
      const log = new RoomLog(context, record, control, logs, own)
      this.#file(new Room({ context, record, log, messages, keys: ring }))
    }
  }

  /** A room came to be, or its members, its title or what this device may do there changed. */
  readonly onDidChange: Event<Room> = this.#onDidChange.event

  get all(): Iterable<Room> {
    return this.#byId.values()
  }

  /** Says in each room what is to be said there without being asked for. */
  start(): void {
    for (const room of this.#byId.values()) room.maintain()
  }

  get(id: Uint8Array): Room | undefined {
    return this.#byId.get(toHex(id))
  }

  of(conversation: ConversationId): Room | undefined {
    for (const room of this.#byId.values()) if (room.conversation === conversation) return room
    return undefined
  }

  /** What is shared with a person, the room logs first. */
  sharedWith(person: PersonId): SyncedLogs[] {
    const rooms = [...this.#byId.values()]
    const shared = rooms.filter((room) => room.isSharedWith(person))
    const known = rooms.filter((room) => room.isSharedWith(person) || room.wholeness.isAskedOf(person))
    return [...known.map(({ log }) => log), ...shared.map(({ messages }) => messages)]
  }

  /** Founds a room. Resolves once it is on disk. */
  async create({ title, topic, whoInvites }: RoomStart): Promise<Room> {
    const { committer, random, account } = this.#context
    const nonce = random.bytes(roomNonceBytes)
    const id = roomIdOf(account().identity.person, nonce)
    const key = { kind: 'whole' as const, bytes: random.bytes(keyBytes) }
    let events: StoredEvent[] = []
    const room = await committer.run(() => {
      const made = this.#make(id, random.bytes(keyBytes), title)
      made.keepKey(key)
      const member = memberRecordOf(account())
      events = made.write([{ kind: 'found', nonce, title, topic, whoInvites, member }])
      return made
    })
    this.#added(room, events)
    return room
  }

  /**
   * Takes part in a room that somebody let this device into. Resolves once it is on disk, together with what
   * `alsoWrite` writes.
   */
  async join(
    welcome: RoomWelcome,
    inviter: Introduction,
    proof: Uint8Array | undefined,
    alsoWrite: () => void,
  ): Promise<Room> {
    const { committer, account, clock } = this.#context
    let events: StoredEvent[] = []
    const { room, isBack } = await committer.run(
      () => {
        const present = this.get(welcome.room)
        const joined = present ?? this.#make(welcome.room, welcome.secret, welcome.title)
        for (const key of welcome.keys) joined.keepKey(key)
        for (const host of [...hostsOf(welcome, account(), clock.now()), inviter])
          joined.addGuest(host, welcome.invite, welcome.floors)
        joined.log.raiseClock(welcome.clock)
        const newest = welcome.keys.at(-1)
        if (newest === undefined) throw new Error('A welcome has a key')
        const [invite, epoch] = [toHex(welcome.invite) as OperationId, epochOf(welcome.room, newest)]
        const messages = topSeq(joined.messages.own.ranges)
        const member = memberRecordOf(account())
        const join: Operation = { kind: 'join', invite, epoch, member, messages, ...(proof && { proof }) }
        events = joined.write([join], epoch, [...joined.view.heads.slice(1 - maxAfter), invite])
        alsoWrite()
        return { room: joined, isBack: present !== undefined }
      },
      () => this.get(welcome.room)?.restore(),
    )
    this.#added(room, events)
    // What was said here while its keys were for others alone may have come before them.
    if (isBack) room.reread()
    return room
  }

  /**
   * Takes up again a room that damage took from this disk, or the keys of it. `helper` is in it. Resolves once it is on
   * disk, together with what `alsoWrite` writes. Nothing is said in it before a member has given back all that was said.
   */
  async regain(welcome: RoomWelcome, helper: Introduction, alsoWrite: () => void): Promise<Room> {
    const present = this.get(welcome.room)
    const room = await this.#context.committer.run(
      () => {
        const regained = present ?? this.#make(welcome.room, welcome.secret, welcome.title, true)
        for (const key of welcome.keys) regained.keepKey(key)
        regained.addGuest(helper, welcome.invite, present === undefined ? welcome.floors : undefined)
        regained.log.raiseClock(welcome.clock)
        alsoWrite()
        return regained
      },
      () => present?.restore(),
    )
    this.#added(room, [])
    if (present !== undefined) room.reread()
    return room
  }

  /** Why somebody is not let in by an invite of this device; `undefined` if it is. */
  refusalOf({ room: id, invite }: RoomGrant, person: PersonId): 'invite-revoked' | 'invite-used' | undefined {
    const room = this.get(id)
    const operation = toHex(invite) as OperationId
    if (room?.own === undefined || room.state !== 'active') return 'invite-revoked'
    if (room.view.members.has(person)) return 'invite-used'
    if (!room.view.invites.has(operation)) return 'invite-revoked'
    const former = room.view.former.get(person)
    // Somebody who was removed comes back only by an invite from after that.
    const isOld = former?.how === 'removed' && !room.replay.isBefore(former.by, operation)
    return isOld ? 'invite-revoked' : undefined
  }

  /** Lets somebody in: from here on a guest, until it says itself that it joined. Resolves once that is on disk. */
  async admit({ room: id, invite }: RoomGrant, joiner: Introduction, alsoWrite: () => void): Promise<Room> {
    const room = this.get(id)
    if (room === undefined) throw chatError('invite-revoked')
    let events: readonly StoredEvent[] = []
    await this.#context.committer.run(
      () => {
        room.addGuest(joiner, invite)
        // What the newcomer says first is for the members alone.
        events = room.epochs.renewIfDue()
        alsoWrite()
      },
      () => {
        room.restore()
      },
    )
    room.log.written(events)
    room.changed()
    return room
  }

  /** What somebody who was let in needs. */
  welcomeFor({ room: id, invite, history }: RoomGrant): RoomWelcome {
    const room = this.get(id)
    if (room === undefined) throw chatError('invite-revoked')
    return welcomeTo(room, invite, history)
  }

  /**
   * The room log that this device writes. A device with a fresh key begins one: it took the place of one that may have
   * said more than is known here.
   */
  #withOwnLog(record: RoomRecord, logs: DeviceLog[]): { readonly record: RoomRecord; readonly own: DeviceLog } {
    const { records, store, account, rooms } = this.#context
    const { device, root } = account()
    const present = logs.find((log) => isEqual(log.device, device.publicKey))
    if (present !== undefined) return { record, own: present }
    const torn = { ...record, isTorn: true }
    const own = store.transaction(() => {
      rooms.put(torn.id, torn)
      return records.createLog(torn.id, device.publicKey, root.publicKey)
    })
    logs.push(own)
    return { record: torn, own }
  }

  #make(id: Uint8Array, secret: Uint8Array, title: string, isTorn = false): Room {
    const context = this.#context
    const { records, clock, account } = context
    const { device, root } = account()
    const createdAt = Math.max(0, clock.now())
    const number = records.nextNumber()
    const unchanged = { guests: [], floors: [], isParted: false }
    const record: RoomRecord = { id, number, secret, createdAt, title, isTorn, ...unchanged }
    context.rooms.put(id, record)
    const own = records.createLog(id, device.publicKey, root.publicKey)
    const [control, epochs] = [new Epochs(), new Epochs()]
    const log = new RoomLog(context, record, control, [own], own)
    const conversation = messagesRecord(record, records.nextNumber())
    records.put(conversation)
    const ownMessages = records.createLog(conversation.id, device.publicKey, root.publicKey)
    const messages = new Conversation(context, conversation, epochs, [ownMessages], ownMessages)
    const keys = new KeyRing({ room: id, table: context.keys, control, messages: epochs }, [])
    return new Room({ context, record, log, messages, keys })
  }

  /** Takes up a room that is on disk now. */
  #added(room: Room, events: readonly StoredEvent[]): void {
    if (this.get(room.id) === undefined) {
      this.#file(room)
      this.#conversations.added(room.messages)
    }
    room.log.written(events)
    room.changed()
  }

  #file(room: Room): void {
    this.#byId.set(toHex(room.id), room)
    room.onDidChange(() => {
      this.#onDidChange.fire(room)
    })
  }
}
