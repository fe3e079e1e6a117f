/** What each request about rooms does, once its parameters are parsed. */
import type { RoomRequests } from '../../shared/rooms.ts'
import { defaultExpiryMs } from '../invite/inviteLimits.ts'
import { conversationOf, roomOf } from './lookup.ts'
import type { RequestContext } from './requests.ts'
import { viewMembers } from './roomViews.ts'

type RoomHandlers = {
  readonly [M in keyof RoomRequests]: (
    context: RequestContext,
    params: RoomRequests[M]['params'],
  ) => Promise<RoomRequests[M]['result']> | RoomRequests[M]['result']
}

export const roomHandlers: RoomHandlers = {
  'room/create': async ({ engine }, { title, topic = '', whoInvites = 'admins' }) => {
    const room = await engine().rooms.create({ title, topic, whoInvites })
    return { conversation: room.conversation }
  },
  'room/invite': async ({ engine }, { conversation, role = 'member', history = 'all', expiresInMs, person }) => {
    const room = roomOf(engine(), conversation)
    if (person !== undefined)
      return engine().offers.make(room, person, { role, history, expiresInMs: expiresInMs ?? defaultExpiryMs })
    return engine().inviter.create(expiresInMs ?? defaultExpiryMs, true, async (secret, expiresAt) => {
      const invite = await room.deeds.inviteByLink(secret, role, history, expiresAt)
      return { room: room.id, invite, role, history }
    })
  },
  'room/members': ({ engine }, { conversation }) => viewMembers(engine(), roomOf(engine(), conversation)),
  'room/setRole': async ({ engine }, { conversation, person, role }) => {
    await roomOf(engine(), conversation).deeds.setRole(person, role)
    return null
  },
  'room/remove': async ({ engine }, { conversation, person }) => {
    await roomOf(engine(), conversation).deeds.remove(person)
    return null
  },
  'room/leave': async ({ engine }, { conversation }) => {
    await roomOf(engine(), conversation).deeds.leave()
    return null
  },
  'room/dissolve': async ({ engine }, { conversation }) => {
    await roomOf(engine(), conversation).deeds.dissolve()
    return null
  },
  'room/set': async ({ engine }, { conversation, ...changes }) => {
    await roomOf(engine(), conversation).deeds.set(changes)
    return null
  },
  'room/offers': ({ engine }) => engine().offers.list(),
  'room/answer': async ({ engine }, { offer, accept }) => {
    const room = await engine().offers.answer(offer, accept)
    return room === undefined ? {} : { conversation: room.conversation }
  },
  'conversation/notify': async ({ engine }, { conversation, ...changes }) => {
    const found = conversationOf(engine(), conversation)
    await engine().notifications.set(found.id, changes)
    found.touch()
    return null
  },
}
