import type * as vscode from 'vscode'
import type { PersonId } from '../../shared/ids.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { Conversation, Member, ServiceNotification, ServiceNotifications } from '../../shared/service.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ChatModel, ChatSnapshot } from './chatModel.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** So many digits of a key tell people apart for whoever knows whom they mean. */
const digits = 4

/**
 * The chat with a name for the conversation with oneself, and without the names of people and rooms while `isVeiled` says so: for whoever shows their screen to others. It is
 * the only thing that views know, so that none of them can forget it. Who waits for an answer keeps their name: nobody
 * is to be accepted unseen.
 */
export function createVeiledModel(
  model: ChatModel,
  veil: { readonly isVeiled: () => boolean; readonly onDidChange: (listener: () => void) => { dispose(): void } },
  l10n: L10n,
): ChatModel {
  const { isVeiled } = veil
  const changed = new Emitter<ChatSnapshot>()
  const changedLeader = new Emitter<void>()
  const snapshot = (): ChatSnapshot => {
    const { snapshot: bare } = model
    const shown = (one: Conversation): Conversation => (isVeiled() ? veilConversation(one, l10n) : entitled(one, l10n))
    return { ...bare, conversations: bare.conversations.map(shown) }
  }
  const subscriptions = [
    model.onDidChange(() => changed.fire(snapshot())),
    model.onDidChangeLeader(() => changedLeader.fire()),
    veil.onDidChange(() => {
      changed.fire(snapshot())
      // Whatever was read before is read anew.
      changedLeader.fire()
    }),
  ]
  return {
    get snapshot() {
      return snapshot()
    },
    onDidChange: changed.event,
    onDidChangeLeader: changedLeader.event,
    async request(method, params) {
      const result = await model.request(method, params)
      if (method === 'conversation/list')
        return (result as readonly Conversation[]).map((one) =>
          isVeiled() ? veilConversation(one, l10n) : entitled(one, l10n),
        )
      if (!isVeiled()) return result
      if (method === 'room/members') return (result as readonly RoomMember[]).map((one) => veilMember(one, l10n))
      return result
    },
    on: (name, listener) => model.on(name, (value) => listener(veilNotification(name, value, l10n, isVeiled()))),
    dispose() {
      for (const one of subscriptions) one.dispose()
      changed.dispose()
      changedLeader.dispose()
      model.dispose()
    },
  }
}

function veilNotification<N extends ServiceNotification>(
  name: N,
  value: ServiceNotifications[N],
  l10n: L10n,
  isVeiled: boolean,
): ServiceNotifications[N] {
  if (name === 'conversation/changed') {
    const { conversation } = value as ServiceNotifications['conversation/changed']
    const shown = isVeiled ? veilConversation(conversation, l10n) : entitled(conversation, l10n)
    return { conversation: shown } as ServiceNotifications[N]
  }
  if (!isVeiled || name !== 'room/membersChanged') return value
  const { conversation, members } = value as ServiceNotifications['room/membersChanged']
  return { conversation, members: members.map((one) => veilMember(one, l10n)) } as unknown as ServiceNotifications[N]
}

/** The conversation with oneself has no name but in the user's language. */
function entitled(conversation: Conversation, l10n: L10n): Conversation {
  return conversation.isSelf === true ? { ...conversation, title: l10n.t('Notes to Self') } : conversation
}

/** A conversation without names, and without the beginning of its last message. */
export function veilConversation(conversation: Conversation, l10n: L10n): Conversation {
  const { id, members, room, last } = conversation
  const isSelf = conversation.isSelf === true
  const [only] = members
  return {
    ...conversation,
    title: isSelf
      ? l10n.t('Notes to Self')
      : room === undefined
        ? nameFor(only?.person ?? id, l10n)
        : l10n.t('Room {0}', id.slice(0, digits)),
    members: members.map((one) => veilMember(one, l10n)),
    ...(last && { last: { ...last, summary: '' } }),
    ...(room && { room: { ...room, topic: '', former: room.former.map((one) => veilMember(one, l10n)) } }),
  }
}

function veilMember<T extends Member>(member: T, l10n: L10n): T {
  const { ownName: _told, ...rest } = member
  return { ...rest, name: nameFor(member.person, l10n) } as T
}

const nameFor = (key: PersonId | Conversation['id'], l10n: L10n): string => l10n.t('Contact {0}', key.slice(0, digits))
