import type { RoomDetails } from '../../shared/rooms.ts'
import type { Conversation } from '../../shared/service.ts'
import type { ViewString } from '../../shared/viewStrings.ts'

/** Whether this person may pin messages here. The core decides again. */
export const canPin = (room: RoomDetails | undefined): boolean =>
  room?.state === 'active' && (room.ownRole === 'owner' || room.ownRole === 'admin')

/** The sentence that says why nothing can be written here; `undefined` where something can. */
export function whySilent({ room, members }: Conversation): ViewString | undefined {
  if (room === undefined) return members[0]?.blocked === true ? 'silentBlocked' : undefined
  if (room.isIncomplete === true) return 'silentIncomplete'
  switch (room.state) {
    case 'left':
      return 'silentLeft'
    case 'removed':
      return 'silentRemoved'
    case 'dissolved':
      return 'silentDissolved'
    case 'active':
      return room.ownRole === 'read-only' ? 'silentReadOnly' : undefined
  }
}
