/** What each request about rooms does, once its parameters are parsed. */
import { chatError } from '../../shared/chatError.ts'
import type { RoomRequests } from '../../shared/rooms.ts'
import { conversationOf } from './lookup.ts'
import type { RequestContext } from './requests.ts'

type RoomHandlers = {
  readonly [M in keyof RoomRequests]: (
    context: RequestContext,
    params: RoomRequests[M]['params'],
  ) => Promise<RoomRequests[M]['result']> | RoomRequests[M]['result']
}

const refuse = (): never => {
  throw chatError('not-allowed', 'rooms cannot be used yet')
}

export const roomHandlers: RoomHandlers = {
  'room/create': refuse,
  'room/invite': refuse,
  'room/members': refuse,
  'room/setRole': refuse,
  'room/remove': refuse,
  'room/leave': refuse,
  'room/dissolve': refuse,
  'room/set': refuse,
  'room/offers': () => [],
  'room/answer': refuse,
  'conversation/notify': async ({ engine }, { conversation, ...changes }) => {
    const found = conversationOf(engine(), conversation)
    await engine().notifications.set(found.id, changes)
    found.touch()
    return null
  },
  'contact/ask': refuse,
  'contact/introduce': refuse,
  'contact/requests': () => [],
  'contact/answer': refuse,
}
