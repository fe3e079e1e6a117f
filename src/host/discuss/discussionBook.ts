import type { Log } from '../../core/ports/log.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { maxHistoryPage } from '../../shared/service.ts'
import type { Message } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { discussionOf } from './discussion.ts'
import type { Discussion } from './discussion.ts'

/** The newest page of so many conversations is read; what comes later is heard of. */
export const maxConversations = 30
/** As many are remembered, the newest. */
export const maxDiscussions = 2_000
/** As many are told of one file, the newest. */
export const maxInFile = 20

/** Which lines are discussed, in memory alone: what it knows is read from the messages, which are kept sealed. */
export interface DiscussionBook extends Disposable {
  /** Those about a file under any of these paths, oldest first. The first question has the messages read. */
  about(identities: readonly string[], paths: readonly string[]): readonly Discussion[]
  readonly onDidChange: Event<void>
}

export function createDiscussionBook({
  model,
  log,
}: {
  readonly model: Pick<ChatModel, 'request' | 'on' | 'snapshot' | 'onDidChange'>
  readonly log: Log
}): DiscussionBook {
  const changed = new Emitter<void>((error) => log.error('a listener of discussed lines failed', error))
  const held = new DisposableStore()
  const all = new Map<MessageId, Discussion>()
  let state: 'unread' | 'reading' | 'read' = 'unread'
  let isAsked = false

  const note = (conversation: ConversationId, message: Message): boolean => {
    const found = discussionOf(conversation, message)
    const isNew = found !== undefined || all.has(message.id)
    all.delete(message.id)
    if (found !== undefined) all.set(message.id, found)
    const oldest = all.size > maxDiscussions ? all.keys().next().value : undefined
    if (oldest !== undefined) all.delete(oldest)
    return isNew
  }
  const readAll = async (): Promise<void> => {
    const newest = model.snapshot.conversations.slice(0, maxConversations)
    // The most recently active last: of too many, the oldest are forgotten.
    for (const { id } of newest.toReversed()) {
      const { messages } = await model.request('conversation/history', { conversation: id, limit: maxHistoryPage })
      if (held.isDisposed) return
      for (const message of messages) note(id, message)
    }
    changed.fire()
  }
  const read = (): void => {
    const isReady = model.snapshot.identity?.kind === 'ready' && model.snapshot.phase === 'running'
    if (!isAsked || state !== 'unread' || !isReady) return
    state = 'reading'
    readAll().then(
      () => (state = 'read'),
      (error: unknown) => {
        state = 'unread'
        if (!held.isDisposed) log.warn(`discussed lines could not be read: ${error instanceof Error ? error.name : ''}`)
      },
    )
  }
  const hear = (event: { readonly conversation: ConversationId; readonly message: Message }): void => {
    if (note(event.conversation, event.message)) changed.fire()
  }
  held.add(model.onDidChange(read))
  held.add(model.on('message/added', hear))
  held.add(model.on('message/changed', hear))

  return {
    about(identities, paths) {
      isAsked = true
      read()
      return [...all.values()]
        .filter(({ identity, path }) => identities.includes(identity) && paths.includes(path))
        .sort((a, b) => a.sentAt - b.sentAt)
        .slice(-maxInFile)
    },
    onDidChange: changed.event,
    dispose: () => held.dispose(),
  }
}
