import type { Disposable, Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Clock } from '../ports/clock.ts'
import { aroundIdBytes, maxAround, type Around } from '../signals/signal.ts'
import { maxMeshDevices } from './neighbours.ts'
import type { Room } from './room.ts'
import type { Rooms } from './rooms.ts'

/** So often the members of a large room tell their neighbours who is there. */
export const aroundEveryMs = 15_000
/** Somebody of whom nothing newer is heard is not there: long enough for word to go from neighbour to neighbour. */
export const aroundLastsMs = 120_000

export interface PresenceInit {
  readonly rooms: Rooms
  readonly clock: Clock
  /** Whether there is a link to somebody now. */
  readonly isLinked: (person: PersonId) => boolean
  /** Says something to everybody who is linked and shares a conversation. */
  readonly send: (conversation: Conversation, around: Around) => void
}

/**
 * Who of a room is there. In a small room that is who is linked. In a large one nobody is linked to all: neighbours tell each
 * other of whom they know, and how long ago somebody was linked to them, so that word of who is there goes around and
 * word of who went runs out.
 */
export class Presence implements Disposable {
  readonly #init: PresenceInit
  readonly #onDidChange = new Emitter<Room>()
  /** By room and person: when somebody was linked to them, by the clock that only grows. */
  readonly #heard = new WeakMap<Room, Map<PersonId, number>>()
  #timer: Disposable | undefined
  #watch: Disposable | undefined

  constructor(init: PresenceInit) {
    this.#init = init
  }

  /** Others are there than before. */
  readonly onDidChange: Event<Room> = this.#onDidChange.event

  start(): void {
    this.#watch = this.#init.rooms.onDidChange(() => {
      this.#consider()
    })
    this.#consider()
  }

  /** Whether a member of a room is there, as far as anybody says. */
  isThere(room: Room, person: PersonId): boolean {
    return this.#init.isLinked(person) || this.#isHeard(room, person)
  }

  /** What there is to say to somebody who came to share a conversation; `undefined` where everybody sees it anyway. */
  wordOf(conversation: Conversation): Around | undefined {
    const room = this.#init.rooms.of(conversation.id)
    return room && this.#wordOf(room)
  }

  /** A member said who is there. */
  receive(conversation: Conversation, { members }: Around): void {
    const room = this.#init.rooms.of(conversation.id)
    if (room === undefined || !isLarge(room)) return
    const { clock } = this.#init
    const heard = this.#heard.get(room) ?? new Map<PersonId, number>()
    this.#heard.set(room, heard)
    const byId = new Map([...room.others].map((person) => [shortId(person), person]))
    let isNews = false
    for (const { id, agoSeconds } of members) {
      const person = byId.get(toHex(id))
      const at = clock.monotonicMs() - agoSeconds * 1000
      if (person === undefined || at <= (heard.get(person) ?? -Infinity)) continue
      isNews ||= !this.isThere(room, person)
      heard.set(person, at)
    }
    if (isNews) this.#changed(room)
  }

  /** There is a link to somebody now, or none any more. */
  linkChanged(person: PersonId): void {
    for (const room of this.#init.rooms.all) if (room.isSharedWith(person)) this.#changed(room)
  }

  dispose(): void {
    this.#watch?.dispose()
    this.#timer?.dispose()
  }

  /** Only where there is a large room is there something to say again and again. */
  #consider(): void {
    const rooms = [...this.#init.rooms.all]
    if (this.#timer !== undefined || !rooms.some((room) => isLarge(room) || this.#heard.has(room))) return
    this.#timer = this.#init.clock.after(aroundEveryMs, () => {
      this.#timer = undefined
      this.#consider()
      for (const room of this.#init.rooms.all) this.#tell(room)
    })
  }

  #changed(room: Room): void {
    room.messages.touch()
    this.#onDidChange.fire(room)
  }

  #tell(room: Room): void {
    const heard = this.#heard.get(room)
    const gone = [...(heard?.keys() ?? [])].filter((person) => !this.#isHeard(room, person))
    for (const person of gone) heard?.delete(person)
    if (gone.length > 0) this.#changed(room)
    const around = this.#wordOf(room)
    if (around !== undefined) this.#init.send(room.messages, around)
  }

  #wordOf(room: Room): Around | undefined {
    if (!isLarge(room) || room.own === undefined) return undefined
    const heard = this.#heard.get(room)
    const now = this.#init.clock.monotonicMs()
    const members = [...room.others].flatMap((person) => {
      if (!this.isThere(room, person)) return []
      const ago = this.#init.isLinked(person) ? 0 : Math.ceil((now - (heard?.get(person) ?? now)) / 1000)
      return [{ id: idBytes(person).subarray(0, aroundIdBytes), agoSeconds: ago }]
    })
    return { type: 'around', members: members.slice(0, maxAround) }
  }

  #isHeard(room: Room, person: PersonId): boolean {
    const at = this.#heard.get(room)?.get(person)
    return at !== undefined && this.#init.clock.monotonicMs() - at < aroundLastsMs
  }
}

/** Whether a device of the room keeps links to some of the others only. */
function isLarge({ view, own }: Room): boolean {
  let devices = 0
  for (const { record } of view.members.values()) devices += record.devices.length
  return devices - (own?.record.devices.length ?? 0) > maxMeshDevices
}

const shortId = (person: PersonId): string => person.slice(0, 2 * aroundIdBytes)
