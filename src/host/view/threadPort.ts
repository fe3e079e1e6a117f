import type { Log } from '../../core/ports/log.ts'
import { DisposableStore, type Disposable } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { ThreadEvent, ThreadToHost } from '../../shared/messageProtocol.ts'
import type { Message } from '../../shared/service.ts'
import type { HostToWebview } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'

const threadPage = 100

/** The thread that a webview shows before its conversation. */
export interface ThreadPort extends Disposable {
  handle(request: ThreadToHost): Promise<void>
}

/** Answers a webview about one thread at a time, and keeps it up to date about that. */
export function createThreadPort(init: {
  readonly model: ChatModel
  readonly post: (message: HostToWebview) => void
  readonly log: Log
}): ThreadPort {
  const { model, post, log } = init
  let held = new DisposableStore()

  const open = async (conversation: ConversationId, root: MessageId): Promise<void> => {
    held.dispose()
    const own = new DisposableStore()
    held = own
    const known = new Set<MessageId>()
    /** What happens while the page is read comes after it. */
    let waiting: ThreadEvent[] | undefined = []
    const tell = (event: ThreadEvent): void => {
      if (own.isDisposed) return
      if (waiting === undefined) post({ type: 'inThread', root, event })
      else waiting.push(event)
    }
    const add = (messages: readonly Message[]): void => {
      const fresh = messages.filter(({ id, body }) => !known.has(id) && 'thread' in body && body.thread === root)
      for (const { id } of fresh) known.add(id)
      if (fresh.length > 0) tell({ type: 'added', messages: fresh })
    }
    own.add(
      model.on('message/added', (event) => {
        if (event.conversation === conversation) add([event.message])
      }),
    )
    own.add(
      model.on('message/changed', (event) => {
        if (event.conversation === conversation) tell({ type: 'changed', messages: [event.message] })
      }),
    )
    own.add(
      model.on('message/removed', (event) => {
        if (event.conversation === conversation) tell({ type: 'removed', messages: event.messages })
      }),
    )
    const read = () => model.request('message/thread', { conversation, message: root, limit: threadPage })
    /** While no window leads nothing is told: the newest page is read again. */
    const reload = async (): Promise<void> => {
      const { root: first, messages } = await read()
      add(messages)
      tell({ type: 'changed', messages: first === null ? messages : [first, ...messages] })
    }
    own.add(
      model.onDidChangeLeader(() => {
        reload().catch((error: unknown) => log.error('a thread could not be read again', error))
      }),
    )
    const { root: first, messages, hasMore } = await read()
    const { text: draft } = await model.request('draft/get', { conversation, thread: root })
    if (own.isDisposed) return
    if (first === null && messages.length === 0) {
      own.dispose()
      post({ type: 'thread', root })
      return
    }
    const shown = first === null ? messages : [first, ...messages]
    for (const { id } of shown) known.add(id)
    post({ type: 'thread', root, page: { messages: shown, hasMore, draft } })
    const kept = waiting
    waiting = undefined
    for (const event of kept) tell(event)
  }

  return {
    async handle(request) {
      switch (request.type) {
        case 'openThread':
          return open(request.conversation, request.message)
        case 'closeThread':
          held.dispose()
          return
        case 'loadThread': {
          const { conversation, message: root, before, request: number } = request
          const place = { conversation, message: root, before, limit: threadPage }
          const { messages, hasMore } = await model.request('message/thread', place)
          post({ type: 'inThread', root, event: { type: 'older', request: number, messages, hasMore } })
        }
      }
    },
    dispose: () => held.dispose(),
  }
}
