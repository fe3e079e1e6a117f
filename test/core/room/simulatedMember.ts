import { concat, idBytes, toHex } from '../../../src/core/codec/bytes.ts'
import { hash, keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { signDeviceList } from '../../../src/core/identity/deviceList.ts'
import type { KeyPair } from '../../../src/core/ports/transport.ts'
import { currentEpoch, isRekeyDue } from '../../../src/core/room/currentEpoch.ts'
import { deviceHint, epochOf, openKeys, type HeldKey } from '../../../src/core/room/keyBox.ts'
import { lackingEpochs } from '../../../src/core/room/lackingEpochs.ts'
import { memberRecord, type MemberRecord } from '../../../src/core/room/memberRecord.ts'
import type { ControlEvent, Cut, EpochId, Operation, OperationId } from '../../../src/core/room/operation.ts'
import { startEpoch } from '../../../src/core/room/rekey.ts'
import { RoomReplay } from '../../../src/core/room/replay.ts'
import { clearEpoch, controlKeyOf, roomEpochId, roomIdOf } from '../../../src/core/room/roomKeys.ts'
import type { RoomView } from '../../../src/core/room/roomView.ts'
import { decodeStatement, encodeStatement } from '../../../src/core/room/statementCodec.ts'
import type { HistoryAccess, Role } from '../../../src/shared/rooms.ts'
import type { DeviceId, PersonId } from '../../../src/shared/ids.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

/** A control event as it lies in a log: its body in the bytes that travel. */
export interface WrittenEvent extends Omit<ControlEvent, 'content'> {
  readonly bytes: Uint8Array
}

const read = new WeakMap<WrittenEvent, ControlEvent['content']>()

/** What an event says to whoever has the key. Read once: checking the signatures in it costs more than all the rest. */
export function contentOf(event: WrittenEvent): ControlEvent['content'] {
  const known = read.get(event)
  const content = known ?? decodeStatement(event.bytes, event.epoch === toHex(clearEpoch))
  read.set(event, content)
  return content
}

/** Somebody with one device, a control log, and what it has heard of a room. No network: events are handed over. */
export class SimulatedMember {
  readonly name: string
  readonly random: SeededRandom
  readonly root: KeyPair
  readonly deviceKeys: KeyPair
  readonly person: PersonId
  readonly device: DeviceId
  readonly record: MemberRecord
  readonly events = new Map<OperationId, WrittenEvent>()
  /** What it said against better knowledge. */
  readonly lies = new Set<OperationId>()
  /** What it took the room for when it said something. */
  readonly beliefs = new Map<OperationId, RoomView>()
  readonly keys = new Map<EpochId, HeldKey>()
  /** Which operations brought a key: a `rekey`, or the invite of whoever let it in. */
  readonly sources = new Map<EpochId, OperationId[]>()
  /** How many messages this member holds of each device. */
  readonly messages = new Map<DeviceId, number>()
  room: Uint8Array = new Uint8Array(32)
  replay: RoomReplay = new RoomReplay(new Uint8Array(32))
  /** The claimed time of what was written last. */
  sentAt = 1_000
  #seq = 0

  /** `person`: whose further device this is; by default somebody new. */
  constructor(name: string, seed: number, person?: SimulatedMember) {
    this.name = name
    this.random = new SeededRandom(seed)
    this.root = person?.root ?? keyPairFromSeed(this.random.bytes(32))
    this.deviceKeys = keyPairFromSeed(this.random.bytes(32))
    this.person = toHex(this.root.publicKey) as PersonId
    this.device = toHex(this.deviceKeys.publicKey) as DeviceId
    this.record = this.recordNamed(name)
  }

  get view(): RoomView {
    return this.replay.view
  }

  /** The clock of what this member wrote last. */
  get ownClock(): number {
    return Math.max(
      0,
      ...[...this.events.values()].flatMap(({ device, clock }) => (device === this.device ? [clock] : [])),
    )
  }

  /** This person's word of itself, with this device and the given ones. */
  recordNamed(name: string, version = 1, others: readonly SimulatedMember[] = [], isListed = true): MemberRecord {
    const keys = [...(isListed ? [this] : []), ...others].map(({ deviceKeys }) => deviceKeys.publicKey)
    const devices = keys.map((key) => ({ key, addedAt: 1 }))
    const list = signDeviceList({ version, person: this.root.publicKey, devices }, this.root)
    const addresses = keys.map((device) => ({ device, addressSecret: this.random.bytes(32) }))
    return memberRecord(name, list, addresses) as MemberRecord
  }

  found(whoInvites: 'admins' | 'everybody' = 'admins'): WrittenEvent {
    const nonce = this.random.bytes(32)
    this.room = roomIdOf(this.person, nonce)
    this.replay = new RoomReplay(this.room)
    const key = this.random.bytes(32)
    const epoch = roomEpochId(controlKeyOf(this.room, key))
    this.keys.set(epoch, { kind: 'whole', bytes: key })
    const operation = { kind: 'found', nonce, title: 'Room', topic: '', whoInvites, member: this.record } as const
    const event = this.write(operation, { epoch })
    this.#note(epoch, event.id)
    return event
  }

  /** Says something, after everything heard of. */
  say(operation: Operation): WrittenEvent {
    return this.write(operation)
  }

  /** Says something as a liar might: after what it likes, at any clock. */
  write(
    operation: Operation,
    { after = this.view.heads, clock, epoch }: { after?: readonly OperationId[]; clock?: number; epoch?: EpochId } = {},
  ): WrittenEvent {
    const clocks = [...this.events.values()].map((event) => event.clock)
    const own = {
      device: this.device,
      seq: ++this.#seq,
      clock: clock ?? Math.max(0, ...clocks) + 1,
      sentAt: ++this.sentAt,
    }
    const bytes = encodeStatement({ after, operation })
    const isClear = operation.kind === 'rekey'
    const named = isClear ? (toHex(clearEpoch) as EpochId) : (epoch ?? this.#writingEpoch())
    const id = toHex(hash(concat(bytes, idBytes(this.device), new Uint8Array([own.seq, own.seq >> 8])))) as OperationId
    const event = { ...own, id, epoch: named, bytes }
    this.beliefs.set(id, this.view)
    this.hear(event)
    return event
  }

  /** Hears events, opens what it can, and takes the keys that are for it. */
  hear(...events: readonly WrittenEvent[]): void {
    for (const event of events) this.events.set(event.id, event)
    this.#read(events)
    while (this.#takeKeys()) this.#read([...this.events.values()])
  }

  #read(events: readonly WrittenEvent[]): void {
    this.replay.add(events.map((event) => ({ ...event, content: this.#open(event) })))
  }

  #open(event: WrittenEvent): ControlEvent['content'] {
    const isClear = event.epoch === toHex(clearEpoch)
    return isClear || this.keys.has(event.epoch) ? contentOf(event) : { unreadable: 'key-missing', after: [] }
  }

  #takeKeys(): boolean {
    let isNew = false
    for (const event of this.events.values()) {
      if (event.epoch !== toHex(clearEpoch)) continue
      const content = contentOf(event)
      const operation = 'unreadable' in content ? undefined : content.operation
      if (operation?.kind !== 'rekey' || this.keys.get(operation.epoch)?.kind === 'whole') continue
      const hint = deviceHint(operation.epoch, this.device)
      const box = operation.boxes.find((one) => one.hint === hint)
      const opened = box && openKeys(this.room, operation.epoch, box.sealed, this.deviceKeys, (id) => this.keys.get(id))
      if (opened === undefined) continue
      this.keys.set(operation.epoch, { kind: 'whole', bytes: opened.key })
      this.#note(operation.epoch, event.id)
      for (const key of opened.earlier) {
        const id = epochOf(this.room, key)
        this.#note(id, event.id)
        if (this.keys.get(id)?.kind !== 'whole') this.keys.set(id, key)
      }
      isNew = true
    }
    return isNew
  }

  /** Begins a new epoch if one is due. */
  rekeyIfDue(): void {
    const held = (epoch: EpochId): HeldKey | undefined => this.keys.get(epoch)
    if (isRekeyDue(this.view, this.person, held)) this.rekey()
  }

  /** Does what is due when nothing else is written: begins a new epoch, or asks for keys. */
  mend(): void {
    this.rekeyIfDue()
    const epochs = lackingEpochs(this.view, this.person, (epoch) => this.keys.get(epoch))
    if (epochs.length > 0) this.say({ kind: 'lacking', epochs })
  }

  rekey(): void {
    const held = (epoch: EpochId): HeldKey | undefined => this.keys.get(epoch)
    const { id, key, operations } = startEpoch({ room: this.room, replay: this.replay, held, random: this.random })
    this.keys.set(id, { kind: 'whole', bytes: key })
    for (const operation of operations) this.#note(id, this.write(operation).id)
  }

  #note(epoch: EpochId, source: OperationId): void {
    this.sources.set(epoch, [...(this.sources.get(epoch) ?? []), source])
  }

  #writingEpoch(): EpochId {
    const newest = this.view.epochs.findLast(({ id }) => this.keys.has(id))
    return (currentEpoch(this.view) ?? newest)?.id ?? (toHex(new Uint8Array(16).fill(1)) as EpochId)
  }

  /** The line as this member sees it: what it holds of somebody's messages. */
  cuts(...people: readonly SimulatedMember[]): Cut[] {
    return people.map(({ device }) => ({ device, messages: this.messages.get(device) ?? 0 }))
  }

  /** Invites somebody by name, who joins at once and hears everything the inviter has heard. */
  bring(newcomer: SimulatedMember, role: Exclude<Role, 'owner'> = 'member', history: HistoryAccess = 'all'): void {
    const to = { kind: 'person', person: newcomer.person } as const
    const invite = this.say({ kind: 'invite', to, role, history, expiresAt: 0 })
    newcomer.join(this, invite.id, history)
    this.hear(...newcomer.events.values())
  }

  /** Takes a welcome from a member, and joins. */
  join(inviter: SimulatedMember, invite: OperationId, history: HistoryAccess, proof?: Uint8Array): WrittenEvent {
    this.enter(inviter, history, invite)
    const epoch = inviter.#writingEpoch()
    const messages = this.messages.get(this.device) ?? 0
    const join = this.say({ kind: 'join', invite, epoch, member: this.record, messages, ...(proof && { proof }) })
    this.rekeyIfDue()
    return join
  }

  /** Takes over what somebody holds of the room: its keys, as far as `history` goes, and what it has heard. */
  enter(inviter: SimulatedMember, history: HistoryAccess = 'all', invite?: OperationId): void {
    if (toHex(this.room) !== toHex(inviter.room)) {
      this.room = inviter.room
      this.replay = new RoomReplay(this.room)
    }
    for (const { id } of [...inviter.view.voidEpochs, ...inviter.view.epochs]) {
      const key = inviter.keys.get(id)
      if (key === undefined) continue
      const control = key.kind === 'control' ? key.bytes : controlKeyOf(this.room, key.bytes)
      if (!this.keys.has(id)) this.keys.set(id, history === 'all' ? key : { kind: 'control', bytes: control })
      if (invite !== undefined) this.#note(id, invite)
    }
    this.hear(...inviter.events.values())
  }
}

/** Lets everybody hear everything, until nobody says anything new. */
export function tell(...members: readonly SimulatedMember[]): void {
  for (const from of members) for (const to of members) if (from !== to) to.hear(...from.events.values())
}
