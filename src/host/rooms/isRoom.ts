import type { RoomDetails } from '../../shared/rooms.ts'
import type { Conversation } from '../../shared/service.ts'

/** A conversation that is a room. */
export type Room = Conversation & { readonly room: RoomDetails }

export const isRoom = (conversation: Conversation): conversation is Room => conversation.room !== undefined
