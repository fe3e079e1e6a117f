/** What an operation that was found right changes. */
import { assertNever } from '../../shared/assertNever.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Role, RoomBody } from '../../shared/rooms.ts'
import type { MemberOperation } from './judge.ts'
import { depart, type IsBefore } from './departures.ts'
import { deviceHint } from './keyBox.ts'
import { addEpoch, applyRekey } from './applyRekey.ts'
import { admitDevice, limitDevice, limitPerson, restorePerson } from './deviceLimits.ts'
import { isWeaker } from './limits.ts'
import type { ControlEvent, Cut, Operation } from './operation.ts'
import type { OperationPosition } from './operationPosition.ts'
import { compareOperations } from './operationPosition.ts'
import type { RoomState, Setting } from './roomState.ts'
import { memberRank, openInvites } from './roomState.ts'
import { successorOf } from './successorOf.ts'
import { erasedKey } from './roomView.ts'
import type { ErasedMessage, MemberStanding, RoomLine } from './roomView.ts'

export function applyFounding(
  state: RoomState,
  event: ControlEvent,
  operation: Extract<Operation, { kind: 'found' }>,
): void {
  const { person } = operation.member
  state.isFounded = true
  state.title = { value: operation.title, at: event }
  state.topic = { value: operation.topic, at: event }
  state.whoInvites = { value: operation.whoInvites, at: event }
  addMember(state, {
    person,
    role: 'owner',
    rank: 0,
    record: operation.member,
    history: 'all',
    joined: event.id,
    joinedAt: event.sentAt,
    lacking: [],
  })
  admitDevice(state, event.device, person, 'owner', 0)
  addEpoch(state, {
    id: event.epoch,
    operation: event.id,
    author: person,
    startedAt: event.sentAt,
    hints: new Set([deviceHint(event.epoch, event.device)]),
    earlier: new Set(),
    isClosed: false,
  })
  addLine(state, event, person, { kind: 'room', change: 'created' })
}

export function applyJoin(
  state: RoomState,
  event: ControlEvent,
  { invite, member, epoch, messages }: Extract<Operation, { kind: 'join' }>,
): void {
  const open = state.invites.get(invite)
  if (open === undefined) return
  const { person } = member
  const { role, history } = open.operation
  state.invites.delete(invite)
  state.former.delete(person)
  addMember(state, {
    person,
    role,
    rank: memberRank,
    record: member,
    history,
    joined: event.id,
    joinedAt: event.sentAt,
    ...(history === 'all' && { given: { device: event.device, epoch } }),
    invitedBy: open.inviter,
    lacking: [],
  })
  admitDevice(state, event.device, person, role, messages)
  addLine(state, event, person, { kind: 'room', change: 'joined', person, role, history })
}

/** `author` is a member. */
export function applyOperation(
  state: RoomState,
  event: ControlEvent,
  author: MemberStanding,
  operation: MemberOperation,
  isBefore: IsBefore,
): void {
  const { person: by } = author
  const line = (body: RoomBody): void => {
    addLine(state, event, by, body)
  }
  switch (operation.kind) {
    case 'invite':
      state.invites.set(event.id, { operation, id: event.id, inviter: by })
      return
    case 'revoke':
      closing(state, event, isBefore, () => {
        state.invites.delete(operation.invite)
      })
      return
    case 'profile':
      if (changeRecord(state, event, author, operation)) depart(state, event.id, isBefore)
      return
    case 'role': {
      const { person, role } = operation
      closing(state, event, isBefore, () => {
        if (changeRole(state, person, role, operation.cuts)) line({ kind: 'room', change: 'role', person, role })
      })
      return
    }
    case 'remove':
      dismiss(state, event, operation.person, 'removed', operation.cuts)
      depart(state, event.id, isBefore)
      line({ kind: 'room', change: 'removed', person: operation.person })
      return
    case 'leave': {
      const next = author.role === 'owner' ? successorOf(state.members, by) : undefined
      dismiss(state, event, by, 'left', operation.cuts)
      depart(state, event.id, isBefore)
      if (next !== undefined) {
        changeRole(state, next, 'owner', [])
        state.cameBy = event.id
      }
      line({ kind: 'room', change: 'left', person: by, ...(next !== undefined && { owner: next }) })
      return
    }
    case 'hand-over': {
      const { person } = operation
      changeRole(state, person, 'owner', operation.cuts)
      stepDown(state, by)
      state.cameBy = event.id
      line({ kind: 'room', change: 'role', person, role: 'owner' })
      return
    }
    case 'title':
      state.title = later(state.title, operation.title, event)
      line({ kind: 'room', change: 'title', title: operation.title })
      return
    case 'topic':
      state.topic = later(state.topic, operation.topic, event)
      line({ kind: 'room', change: 'topic', topic: operation.topic })
      return
    case 'who-invites':
      closing(state, event, isBefore, () => {
        state.whoInvites = later(state.whoInvites, operation.whoInvites, event)
      })
      line({ kind: 'room', change: 'who-invites', whoInvites: operation.whoInvites })
      return
    case 'lifetime':
      state.lifetimeMs = later(state.lifetimeMs, operation.lifetimeMs, event)
      line({ kind: 'room', change: 'lifetime', lifetimeMs: operation.lifetimeMs })
      return
    case 'pin':
      if (state.pinned.includes(operation.message)) return
      state.pinned = [...state.pinned, operation.message]
      line({ kind: 'room', change: 'pinned', message: operation.message })
      return
    case 'unpin':
      if (!state.pinned.includes(operation.message)) return
      state.pinned = state.pinned.filter((message) => message !== operation.message)
      line({ kind: 'room', change: 'unpinned', message: operation.message })
      return
    case 'erase': {
      const { message, person, edits } = operation
      erase(state, { message, by, person, part: 'line' })
      for (const edit of edits) erase(state, { message: edit, by, person, part: 'about' })
      return
    }
    case 'rekey':
      if (applyRekey(state, event, by, operation, isBefore)) line({ kind: 'room', change: 'rekeyed' })
      return
    case 'lacking':
      state.members.set(by, { ...author, lacking: [...new Set(operation.epochs)] })
      return
    case 'dissolve':
      state.isDissolved = true
      for (const person of state.members.keys()) limitPerson(state, person, 'read-only', operation.cuts)
      line({ kind: 'room', change: 'dissolved' })
      return
    default:
      assertNever(operation)
  }
}

/**
 * Does what may leave invites of no use. Whoever was let in by one and has not said yet that it joined holds keys, and
 * only the device that let it in knows of that.
 */
function closing(state: RoomState, event: ControlEvent, isBefore: IsBefore, change: () => void): void {
  const before = openInvites(state)
  change()
  const after = openInvites(state)
  if ([...before.keys()].some((invite) => !after.has(invite))) depart(state, event.id, isBefore)
}

/** What is gone already stays as it is. */
function erase(state: RoomState, erased: ErasedMessage): void {
  const key = erasedKey(erased.message, erased.person)
  if (!state.erased.has(key)) state.erased.set(key, erased)
}

function addMember(state: RoomState, member: MemberStanding): void {
  state.members.set(member.person, member)
  if (member.role === 'admin') rank(state, [...state.admins, member.person])
}

/** True if devices are gone. */
function changeRecord(
  state: RoomState,
  event: ControlEvent,
  author: MemberStanding,
  { member: record, cuts }: Extract<MemberOperation, { kind: 'profile' }>,
): boolean {
  const isListed = (device: string): boolean => record.devices.some((one) => one.device === device)
  const dropped = author.record.devices.filter(({ device }) => !isListed(device))
  for (const { device } of dropped) limitDevice(state, device, 'none', cuts)
  state.members.set(author.person, { ...author, record })
  if (!state.devices.has(event.device)) admitDevice(state, event.device, author.person, author.role, 0)
  return dropped.length > 0
}

/** False if it was the same before. */
function changeRole(state: RoomState, person: PersonId, role: Role, cuts: readonly Cut[]): boolean {
  const member = state.members.get(person)
  if (member === undefined || member.role === role) return false
  if (isWeaker(role, member.role)) limitPerson(state, person, role, cuts)
  else restorePerson(state, person, role, cuts)
  state.members.set(person, { ...member, role, rank: role === 'owner' ? 0 : memberRank })
  const others = state.admins.filter((admin) => admin !== person)
  rank(state, role === 'admin' ? [...others, person] : others)
  return true
}

/** The owner of until now becomes the most senior admin. */
function stepDown(state: RoomState, person: PersonId): void {
  const member = state.members.get(person)
  if (member === undefined) return
  state.members.set(person, { ...member, role: 'admin' })
  rank(state, [person, ...state.admins])
}

function dismiss(
  state: RoomState,
  event: ControlEvent,
  person: PersonId,
  how: 'left' | 'removed',
  cuts: readonly Cut[],
): void {
  // Somebody who left can still be removed: the line is then drawn by others.
  const record = (state.members.get(person) ?? state.former.get(person))?.record
  if (record === undefined) return
  limitPerson(state, person, 'none', cuts)
  state.members.delete(person)
  state.former.set(person, { person, record, by: event.id, how })
  rank(
    state,
    state.admins.filter((admin) => admin !== person),
  )
  // Whoever holds the secret of such an invite could bring somebody in again.
  for (const [id, { inviter }] of state.invites) if (inviter === person) state.invites.delete(id)
}

/** Gives the admins their ranks, by seniority. */
function rank(state: RoomState, admins: readonly PersonId[]): void {
  state.admins = admins
  admins.forEach((person, index) => {
    const member = state.members.get(person)
    if (member !== undefined && member.rank !== index + 1) state.members.set(person, { ...member, rank: index + 1 })
  })
}

function later<T>(present: Setting<T>, value: T, at: OperationPosition): Setting<T> {
  return compareOperations(at, present.at) > 0 ? { value, at } : present
}

/** Lines stand in the order of (clock, id), which is not always that of replay. */
function addLine(
  state: RoomState,
  { id, clock, device, sentAt }: ControlEvent,
  author: PersonId,
  body: RoomBody,
): void {
  const line: RoomLine = { clock, id, author, device, sentAt, body }
  const place = state.lines.findLastIndex((other) => compareOperations(other, line) < 0)
  state.lines.splice(place + 1, 0, line)
}
