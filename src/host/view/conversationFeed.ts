import type { Log } from '../../core/ports/log.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { maxHistoryPage } from '../../shared/service.ts'
import type { Message, ServiceRequests } from '../../shared/service.ts'
import type { ConversationPage, HostToWebview } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { createRoomFeed } from './roomFeed.ts'
import { createReadMarker } from './readMarker.ts'
import type { ReadMarker } from './readMarker.ts'

const firstPage = 100
const olderPage = 100
/** The most messages a conversation opens with, where much is unread. */
const maxOpening = 1_000
/** Messages shown before and after one that was jumped to. */
const aroundPage = 50

/** Keeps one webview up to date about one conversation, from its last page on. */
export interface ConversationFeed extends Disposable {
  readonly conversation: ConversationId
  readonly readMarker: ReadMarker
  /** The newest page, or from the first unread on. What happens from now on is posted; what happens meanwhile is posted after. */
  open(): Promise<ConversationPage | undefined>
  /** Starts posting. Call it once the page of `open` is posted. */
  flow(): void
  older(request: number, before: MessageId): Promise<void>
  newer(request: number, after: MessageId): Promise<void>
  /** Posts the messages around one of them, with `marks` marked in it; `false` where it is not on this disk. */
  reveal(message: MessageId, marks: readonly string[]): Promise<boolean>
  /** Posts the newest page, as after opening. */
  latest(): Promise<void>
}

type HistoryPage = ServiceRequests['conversation/history']['result']

export function createConversationFeed(init: {
  readonly model: ChatModel
  readonly conversation: ConversationId
  readonly post: (message: HostToWebview) => void
  readonly log: Log
}): ConversationFeed {
  const { model, conversation, log } = init
  const held = new DisposableStore()
  const known = new Set<MessageId>()
  let pending: HostToWebview[] | undefined = []
  let isReloading = false
  /** What is shown does not reach to the end: what is new is read when it does again. */
  let isDetached = false

  const post = (message: HostToWebview): void => {
    if (held.isDisposed) return
    if (pending === undefined) init.post(message)
    else pending.push(message)
  }
  const postNew = (messages: readonly Message[]): void => {
    if (isDetached) return
    const fresh = messages.filter(({ id }) => !known.has(id))
    for (const { id } of fresh) known.add(id)
    if (fresh.length > 0) post({ type: 'added', messages: fresh })
  }
  const newest = (): Promise<HistoryPage> => model.request('conversation/history', { conversation, limit: firstPage })
  const pageBefore = (before: MessageId, limit: number): Promise<HistoryPage> =>
    model.request('conversation/history', { conversation, before, limit })

  const pageAfter = (after: MessageId, limit: number): Promise<HistoryPage> =>
    model.request('conversation/history', { conversation, after, limit })
  /** Shows these messages in the place of those before; `isOpenEnded`: further ones follow. */
  const show = (messages: readonly Message[], isOpenEnded: boolean): void => {
    known.clear()
    for (const { id } of messages) known.add(id)
    isDetached = isOpenEnded
  }

  /** The newest page and, so that one can begin where one stopped, those before it that hold something unread. */
  const opening = async (): Promise<HistoryPage> => {
    const { unread = 0, readUpTo } = model.snapshot.conversations.find(({ id }) => id === conversation) ?? {}
    let page = await newest()
    for (let before = page.messages[0]?.id; before !== undefined; before = page.messages[0]?.id) {
      const isUnread = unread > 0 && (readUpTo === undefined || before > readUpTo)
      if (!isUnread || !page.hasMore || page.messages.length >= maxOpening) break
      const { messages, hasMore } = await pageBefore(before, maxHistoryPage)
      page = { messages: [...messages, ...page.messages], hasMore }
    }
    return page
  }

  /**
   * A long back-fill is told without its messages, and what happens while no window leads is not told at all: the newest
   * page is read again, and what is new or changed in it posted.
   */
  const reload = (): void => {
    if (isReloading || isDetached) return
    isReloading = true
    newest()
      .then(({ messages }) => {
        const seen = messages.filter(({ id }) => known.has(id))
        postNew(messages)
        if (seen.length > 0) post({ type: 'changed', messages: seen })
      })
      .catch((error: unknown) => log.error('a conversation could not be read again', error))
      .finally(() => {
        isReloading = false
      })
  }

  /** What the header shows may have changed as well. */
  const revisit = async (): Promise<void> => {
    const found = (await model.request('conversation/list', {})).find(({ id }) => id === conversation)
    if (found !== undefined) post({ type: 'conversation', conversation: found })
  }

  const readMarker = createReadMarker((upTo) => {
    model.request('conversation/read', { conversation, upTo }).catch((error: unknown) => {
      if (!held.isDisposed) log.error('a conversation could not be marked as read', error)
    })
  })

  const room = createRoomFeed({ model, conversation, post, log })
  held.add(room)

  const subscribe = (): void => {
    held.add(
      model.onDidChangeLeader(() => {
        reload()
        revisit().catch((error: unknown) => log.error('a conversation could not be looked up again', error))
      }),
    )
    held.add(
      model.on('message/added', (event) => {
        if (event.conversation === conversation) postNew([event.message])
      }),
    )
    held.add(
      model.on('message/changed', (event) => {
        if (event.conversation === conversation) post({ type: 'changed', messages: [event.message] })
      }),
    )
    held.add(
      model.on('message/removed', (event) => {
        if (event.conversation === conversation) post({ type: 'removed', messages: event.messages })
      }),
    )
    held.add(
      model.on('conversation/changed', (event) => {
        if (event.conversation.id !== conversation) return
        post({ type: 'conversation', conversation: event.conversation })
        room.update(event.conversation)
        if (event.conversation.last !== undefined && !known.has(event.conversation.last.id)) reload()
      }),
    )
  }

  return {
    conversation,
    readMarker,
    async open() {
      subscribe()
      const { messages, hasMore } = await opening()
      const { text } = await model.request('draft/get', { conversation })
      const inRoom = await room.open()
      const { identity, conversations } = model.snapshot
      const shown = conversations.find(({ id }) => id === conversation)
      if (held.isDisposed || identity?.kind !== 'ready' || shown === undefined) return undefined
      for (const { id } of messages) known.add(id)
      const { person, name } = identity.identity
      return { conversation: shown, self: person, selfName: name, messages, hasMore, draft: text, ...inRoom }
    },
    flow() {
      const kept = pending ?? []
      pending = undefined
      for (const message of kept) post(message)
    },
    async older(request, before) {
      const { messages, hasMore } = await pageBefore(before, olderPage)
      for (const { id } of messages) known.add(id)
      post({ type: 'older', request, messages, hasMore })
    },
    async newer(request, after) {
      const { messages, hasMore } = await pageAfter(after, olderPage)
      for (const { id } of messages) known.add(id)
      isDetached = hasMore
      post({ type: 'newer', request, messages, hasNewer: hasMore })
      reload()
    },
    async reveal(message, marks) {
      const [found, before, after] = await Promise.all([
        model.request('message/get', { conversation, message }),
        pageBefore(message, aroundPage),
        pageAfter(message, aroundPage),
      ])
      if (found === null) return false
      const messages = [...before.messages, found, ...after.messages]
      show(messages, after.hasMore)
      post({ type: 'window', messages, hasMore: before.hasMore, hasNewer: after.hasMore, reveal: message, marks })
      reload()
      return true
    },
    async latest() {
      const { messages, hasMore } = await newest()
      show(messages, false)
      post({ type: 'window', messages, hasMore, hasNewer: false, marks: [] })
      reload()
    },
    dispose: () => held.dispose(),
  }
}
