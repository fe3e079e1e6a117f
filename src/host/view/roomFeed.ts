import type { Log } from '../../core/ports/log.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { Conversation, Message } from '../../shared/service.ts'
import type { ConversationPage, HostToWebview } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** Keeps a webview up to date about what a room has beside its messages. Of a direct conversation it says nothing. */
export interface RoomFeed extends Disposable {
  /** Members and pinned messages, for the page of a conversation; subscribes to their changes. */
  open(): Promise<Pick<ConversationPage, 'members' | 'pinned'>>
  /** Takes a conversation that changed: other messages of it may be pinned. */
  update(conversation: Conversation): void
}

export function createRoomFeed(init: {
  readonly model: ChatModel
  readonly conversation: ConversationId
  readonly post: (message: HostToWebview) => void
  readonly log: Log
}): RoomFeed {
  const { model, conversation, post, log } = init
  const held = new DisposableStore()
  let shownPins = ''

  const readPins = async (messages: readonly MessageId[]): Promise<readonly Message[]> => {
    const found = await Promise.all(messages.map((message) => model.request('message/get', { conversation, message })))
    return found.filter((message) => message !== null)
  }

  return {
    async open() {
      const known = model.snapshot.conversations.find(({ id }) => id === conversation)
      if (known?.room === undefined) return { members: [], pinned: [] }
      held.add(
        model.on('room/membersChanged', (event) => {
          if (event.conversation === conversation) post({ type: 'members', members: event.members })
        }),
      )
      shownPins = known.room.pinned.join()
      const members = await model.request('room/members', { conversation })
      return { members, pinned: await readPins(known.room.pinned) }
    },
    update({ room }) {
      if (room === undefined) return
      const pins = room.pinned.join()
      if (pins === shownPins) return
      shownPins = pins
      readPins(room.pinned)
        .then((messages) => {
          if (!held.isDisposed && pins === shownPins) post({ type: 'pinned', messages })
        })
        .catch((error: unknown) => {
          if (!held.isDisposed) log.error('the pinned messages could not be read', error)
        })
    },
    dispose: () => held.dispose(),
  }
}
