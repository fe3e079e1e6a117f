import type { Conversation } from '../../shared/service.ts'
import type { View } from '../view.ts'

/** The sentence that says who can read what is written in a conversation. */
export function audienceOf({ t }: View, { title, room, isSelf }: Conversation): string {
  if (isSelf === true) return t('audienceSelf')
  if (room === undefined) return t('audience', title)
  return room.memberCount > 1 ? t('audienceRoom', room.memberCount) : t('audienceRoomAlone')
}
