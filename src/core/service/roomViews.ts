/** What the service shows of rooms. */
import type { PersonId } from '../../shared/ids.ts'
import { maxMembers } from '../../shared/rooms.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { Conversation as ConversationView, Member } from '../../shared/service.ts'
import { shownName } from '../contact/contactRecord.ts'
import { lookalikes } from '../contact/lookalikes.ts'
import type { MemberStanding } from '../room/roomView.ts'
import type { Room } from '../rooms/room.ts'
import type { Engine } from './engine.ts'

/** A room as one of the conversations. */
export function viewRoom(
  engine: Engine,
  room: Room,
): Pick<ConversationView, 'kind' | 'title' | 'members' | 'online' | 'room'> {
  const { view, own, self } = room
  const members = [...view.members.values()]
  const others = members.filter(({ person }) => person !== self)
  const there = others.filter(({ person }) => engine.presence.isThere(room, person)).length
  return {
    kind: 'room',
    title: room.title,
    members: others.map((member) => viewMember(engine, member)),
    online: there > 0,
    room: {
      topic: view.topic,
      whoInvites: view.whoInvites,
      state: room.state,
      ownRole: own?.role ?? 'read-only',
      memberCount: members.length,
      onlineCount: there + (own === undefined ? 0 : 1),
      pinned: view.pinned,
      mentions: room.messages.unread.mentions,
      former: [...view.former.values()]
        .filter(({ person }) => person !== self)
        .slice(-maxMembers)
        .map((member) => viewMember(engine, member)),
      ...(room.wholeness.isTorn && { isIncomplete: true as const }),
    },
  }
}

/** Everybody who belongs, in the order of joining. */
export function viewMembers(engine: Engine, room: Room): RoomMember[] {
  const { view, self } = room
  const members = [...view.members.values()]
  const twins = lookalikes(members.map(({ person, record }) => ({ person, name: nameOf(engine, person, record.name) })))
  return members.map((member): RoomMember => {
    const { person, role, joinedAt } = member
    const isSelf = person === self
    return {
      ...viewMember(engine, member),
      role,
      isSelf,
      isContact: engine.contacts.get(person) !== undefined,
      online: isSelf || engine.presence.isThere(room, person),
      joinedAt,
      looksLikeAnother: twins.has(person),
    }
  })
}

function viewMember(engine: Engine, { person, record }: Pick<MemberStanding, 'person' | 'record'>): Member {
  return viewPerson(engine, person, record.name)
}

/** Somebody as this user sees them. `name`: what they call themselves, unless they are a contact, who says so anew. */
export function viewPerson({ contacts }: Engine, person: PersonId, name: string): Member {
  const contact = contacts.get(person)
  if (contact === undefined) return { person, name, verified: false }
  const { localName, isBlocked, isVerified } = contact
  return {
    person,
    name: shownName(contact),
    ...(localName !== undefined && { ownName: contact.name }),
    verified: isVerified,
    ...(isBlocked === true && { blocked: isBlocked }),
  }
}

/** What a contact calls itself now is newer than what it said in the room, and what this user calls it goes before both. */
function nameOf({ contacts }: Engine, person: PersonId, name: string): string {
  const contact = contacts.get(person)
  return contact === undefined ? name : shownName(contact)
}
