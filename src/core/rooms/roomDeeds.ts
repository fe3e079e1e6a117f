import { chatError } from '../../shared/chatError.ts'
import type { MessageId, PersonId } from '../../shared/ids.ts'
import type { HistoryAccess, Role } from '../../shared/rooms.ts'
import { idBytes } from '../codec/bytes.ts'
import type { Operation } from '../room/operation.ts'
import { maxMembers, maxPinned } from '../../shared/rooms.ts'
import { inviteKeyPair } from '../room/roomKeys.ts'
import { erasedKey } from '../room/roomView.ts'
import type { MemberStanding } from '../room/roomView.ts'
import { cutsOf } from './cutsOf.ts'
import type { Room } from './room.ts'

/** What `room/set` changes. */
export interface RoomChanges {
  readonly title?: string
  readonly topic?: string
  readonly lifetimeMs?: number
  readonly whoInvites?: 'admins' | 'everybody'
  readonly pin?: MessageId
  readonly unpin?: MessageId
}

/**
 * What this person can do in a room. Each resolves once it is on disk, and rejects with a `ChatError` where the room's
 * own rules would give it no effect: nothing that everybody ignores is written.
 */
export class RoomDeeds {
  readonly #room: Room

  constructor(room: Room) {
    this.#room = room
  }

  /** Opens the room to whoever proves an invite's secret. Resolves with the operation's id. */
  inviteByLink(
    secret: Uint8Array,
    role: Exclude<Role, 'owner'>,
    history: HistoryAccess,
    expiresAt: number,
  ): Promise<Uint8Array> {
    return this.#invite({ kind: 'link', key: inviteKeyPair(secret).publicKey }, role, history, expiresAt)
  }

  /** Opens the room to one person. */
  invitePerson(
    person: PersonId,
    role: Exclude<Role, 'owner'>,
    history: HistoryAccess,
    expiresAt: number,
  ): Promise<Uint8Array> {
    if (this.#room.view.members.has(person)) throw chatError('invalid-params', 'a member already')
    return this.#invite({ kind: 'person', person }, role, history, expiresAt)
  }

  async revoke(invite: Uint8Array): Promise<void> {
    await this.#room.say(() => {
      const open = [...this.#room.view.invites.values()].find(({ id }) => isSame(id, invite))
      return open === undefined || this.#room.own === undefined ? [] : [{ kind: 'revoke', invite: open.id }]
    })
  }

  async setRole(person: PersonId, role: Role): Promise<void> {
    await this.#room.say(() => {
      const own = this.#room.requireRole(role === 'owner' ? 'owner' : 'admin')
      const member = this.#requireBelow(own, person)
      const cuts = cutsOf(this.#room, person)
      if (role === 'owner') return [{ kind: 'hand-over', person, cuts }]
      return member.role === role ? [] : [{ kind: 'role', person, role, cuts }]
    })
  }

  async remove(person: PersonId): Promise<void> {
    await this.#room.say(() => {
      this.#requireBelow(this.#room.requireRole('admin'), person)
      return [{ kind: 'remove', person, cuts: cutsOf(this.#room, person) }]
    }, true)
  }

  async leave(): Promise<void> {
    await this.#room.say(() => {
      const own = this.#room.requireRole('read-only')
      if (own.role === 'owner') throw chatError('owner-must-hand-over')
      return [{ kind: 'leave', cuts: cutsOf(this.#room, own.person) }]
    }, true)
  }

  async dissolve(): Promise<void> {
    await this.#room.say(() => {
      this.#room.requireRole('owner')
      const cuts = [...this.#room.view.members.keys()].flatMap((person) => cutsOf(this.#room, person))
      return [{ kind: 'dissolve', cuts }]
    })
  }

  async set({ title, topic, lifetimeMs, whoInvites, pin, unpin }: RoomChanges): Promise<void> {
    await this.#room.say(() => {
      this.#room.requireRole('admin')
      const { view, messages } = this.#room
      const operations: Operation[] = []
      if (title !== undefined && title !== view.title) operations.push({ kind: 'title', title })
      if (topic !== undefined && topic !== view.topic) operations.push({ kind: 'topic', topic })
      if (lifetimeMs !== undefined && lifetimeMs !== view.lifetimeMs) operations.push({ kind: 'lifetime', lifetimeMs })
      if (whoInvites !== undefined && whoInvites !== view.whoInvites)
        operations.push({ kind: 'who-invites', whoInvites })
      if (pin !== undefined && !view.pinned.includes(pin)) {
        if (!messages.timeline.has(pin)) throw chatError('unknown-message')
        if (view.pinned.length >= maxPinned)
          throw chatError('invalid-params', `at most ${String(maxPinned)} pinned messages`)
        operations.push({ kind: 'pin', message: pin })
      }
      if (unpin !== undefined && view.pinned.includes(unpin)) operations.push({ kind: 'unpin', message: unpin })
      return operations
    })
  }

  /** Takes a message of somebody who ranks below back. `edits`: the events that changed it. */
  async erase(message: MessageId, author: PersonId, edits: readonly MessageId[]): Promise<void> {
    const own = this.#room.requireRole('admin')
    if (this.#room.view.members.has(author)) this.#requireBelow(own, author)
    await this.#room.say(() =>
      this.#room.view.erased.has(erasedKey(message, author)) ? [] : [{ kind: 'erase', message, person: author, edits }],
    )
  }

  async #invite(
    to: Extract<Operation, { kind: 'invite' }>['to'],
    role: Exclude<Role, 'owner'>,
    history: HistoryAccess,
    expiresAt: number,
  ): Promise<Uint8Array> {
    const ids = await this.#room.say(() => {
      const { view } = this.#room
      const own = this.#room.requireRole(view.whoInvites === 'admins' || role === 'admin' ? 'admin' : 'member')
      if (own.role === 'member' && view.whoInvites === 'admins') throw chatError('not-allowed')
      if (view.members.size >= maxMembers) throw chatError('room-full')
      return [{ kind: 'invite', to, role, history, expiresAt }]
    })
    const id = ids.at(-1)
    if (id === undefined) throw new Error('An invite was not written')
    return idBytes(id)
  }

  #requireBelow(own: MemberStanding, person: PersonId): MemberStanding {
    const member = this.#room.view.members.get(person)
    if (member === undefined) throw chatError('not-a-member')
    if (own.rank >= member.rank) throw chatError('not-allowed')
    return member
  }
}

function isSame(id: string, bytes: Uint8Array): boolean {
  const other = idBytes(id)
  return other.every((byte, i) => byte === bytes[i])
}
