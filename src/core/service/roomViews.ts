/** What the service shows of rooms. */
import type { PersonId } from '../../shared/ids.ts'
import { maxMembers } from '../../shared/rooms.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { Conversation as ConversationView, Member } from '../../shared/service.ts'
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
  const verified = engine.contacts.get(person)?.isVerified ?? false
  return { person, name: nameOf(engine, person, record.name), verified }
}

/** What a contact calls itself now is newer than what it said in the room. */
function nameOf(engine: Engine, person: PersonId, name: string): string {
  return engine.contacts.get(person)?.name ?? name
}
