/** The whole chat in a process of its own, behind a thin channel: as it is in an editor's extension host. */
import { openNodeChat } from '../../src/node/openNodeChat.ts'
import type { Chat } from '../../src/core/chat.ts'
import type { ConversationId, MessageId } from '../../src/shared/ids.ts'
import type { Conversation, FileState, SendBody } from '../../src/shared/service.ts'
import { createEnvironmentSecret } from '../../src/headless/environmentSecret.ts'
import { exposeHandlers } from './control.ts'
import { readCpuMs, readIdleMemory, readLoopDelay, readPeakMemory, sharedClockMs, startLoopDelay } from './gauges.ts'

/** Where a participant's data is, and the DHT it meets others on. */
export interface ChatHome {
  readonly data: string
  readonly key: Uint8Array
  readonly bootstrap: readonly { readonly host: string; readonly port: number }[]
}

/** 200 bytes, like the messages of the plain socket. */
const body: SendBody = { kind: 'text', text: 'x'.repeat(200) }

let chat: Chat | undefined
const arrivals: { readonly id: MessageId; readonly atMs: number }[] = []

function running(): Chat {
  if (chat === undefined) throw new Error('Not open')
  return chat
}

/** Asks now, and again after each notification that may have changed the answer. */
async function until<T>(ask: (service: Chat) => Promise<T | undefined>): Promise<T> {
  const service = running()
  for (;;) {
    let wake: () => void = () => undefined
    const changed = new Promise<void>((resolve) => (wake = resolve))
    const watches = [service.on('conversation/changed', wake), service.on('network/changed', wake)]
    try {
      const answer = await ask(service)
      if (answer !== undefined) return answer
      await changed
    } finally {
      for (const watch of watches) watch.dispose()
    }
  }
}

function untilConversation(isIt: (conversation: Conversation) => boolean): Promise<Conversation> {
  return until(async (service) => (await service.request('conversation/list', {})).find(isIt))
}

/** Resolves at the first word that the message `id` is on the other side's disk. */
function whenDelivered(id: () => MessageId | undefined): Promise<void> {
  return new Promise((resolve) => {
    const watch = running().on('message/changed', ({ message }) => {
      if (message.id !== id() || message.state !== 'delivered') return
      watch.dispose()
      resolve()
    })
  })
}

interface FetchedFile {
  readonly conversation: ConversationId
  readonly message: MessageId
  readonly bytes?: number
}

/** Does something that is answered with how far a file is, and resolves once that is as it should be. */
function whenFile(id: MessageId, isIt: (state: FileState) => boolean, begin: () => Promise<FileState>): Promise<void> {
  return new Promise((resolve, reject) => {
    const watch = running().on('file/progress', ({ message, state }) => {
      if (message === id) settle(state)
    })
    const settle = (state: FileState): void => {
      if (!isIt(state)) return
      watch.dispose()
      resolve()
    }
    begin().then(settle, reject)
  })
}

const handlers = {
  open: async (home: ChatHome): Promise<void> => {
    chat = await openNodeChat({
      directory: home.data,
      secrets: createEnvironmentSecret(home.key),
      bootstrap: home.bootstrap,
      host: '127.0.0.1',
    })
    chat.on('message/added', ({ message }) => {
      if (message.state === 'received') arrivals.push({ id: message.id, atMs: sharedClockMs() })
    })
    await chat.start()
  },
  close: async (): Promise<void> => {
    await chat?.dispose()
    chat = undefined
  },
  create: async ({ name }: { name: string }): Promise<void> => {
    await running().request('identity/create', { name })
  },
  invite: async (): Promise<string> => {
    const { link } = await running().request('invite/create', { kind: 'contact', autoAccept: true })
    return link
  },
  join: async ({ link }: { link: string }): Promise<void> => {
    await running().request('invite/accept', { link })
  },
  /** A link into the only room. */
  inviteToRoom: async (): Promise<string> => {
    const { id: conversation } = await untilConversation(({ kind }) => kind === 'room')
    const { link } = await running().request('room/invite', { conversation })
    if (link === undefined) throw new Error('No link')
    return link
  },
  /** Follows a link into a room; milliseconds until 50 messages show, and until all `messages` are here. */
  joinRoom: async ({ link, messages }: { link: string; messages: number }) => {
    const start = sharedClockMs()
    await running().request('invite/accept', { link })
    await until(async (service) => {
      const [room] = await service.request('conversation/list', {})
      if (room === undefined) return undefined
      const page = await service.request('conversation/history', { conversation: room.id, limit: 60 })
      return page.messages.filter(({ body }) => body.kind === 'text').length >= 50 ? true : undefined
    })
    const firstPageMs = sharedClockMs() - start
    await untilConversation(({ unread, missing }) => unread >= messages && missing === 0)
    return { firstPageMs, completeMs: sharedClockMs() - start }
  },
  /** The conversation once the other side is linked, and when that was. */
  untilOnline: async (): Promise<{ conversation: ConversationId; atMs: number }> => {
    const { id } = await untilConversation(({ online }) => online)
    return { conversation: id, atMs: sharedClockMs() }
  },
  /** Sends one message after the other, each when the one before is delivered; when each was asked for. */
  converse: async ({ conversation, count }: { conversation: ConversationId; count: number }) => {
    const sent: { readonly id: MessageId; readonly atMs: number }[] = []
    for (let i = 0; i < count; i++) {
      const expected: { id?: MessageId } = {}
      const delivered = whenDelivered(() => expected.id)
      const atMs = sharedClockMs()
      const { id } = await running().request('message/send', { conversation, body })
      expected.id = id
      sent.push({ id, atMs })
      await delivered
    }
    return sent
  },
  /** When each message of others was told since the last call. */
  arrivals: () => arrivals.splice(0),
  /** Sends `count` messages as fast as they are taken; milliseconds until the last is on the other side's disk. */
  flood: async ({ conversation, count }: { conversation: ConversationId; count: number }): Promise<number> => {
    const atOnce = 500
    const start = sharedClockMs()
    let last: MessageId | undefined
    const delivered = whenDelivered(() => last)
    for (let sent = 0; sent < count; sent += atOnce) {
      const batch = Array.from({ length: Math.min(atOnce, count - sent) }, () =>
        running().request('message/send', { conversation, body }),
      )
      const answers = await Promise.all(batch)
      if (sent + atOnce >= count) last = answers.at(-1)?.id
    }
    await delivered
    return sharedClockMs() - start
  },
  /** When `count` messages of others were here, and how many bytes came over the links. */
  untilReceived: async ({ count }: { count: number }): Promise<{ atMs: number; bytesIn: number }> => {
    await untilConversation(({ unread }) => unread >= count)
    const atMs = sharedClockMs()
    const { links } = await running().request('network/status', {})
    return { atMs, bytesIn: links.reduce((sum, link) => sum + link.bytesIn, 0) }
  },
  /** Milliseconds to read the newest 50 messages of the only conversation. */
  readLast: async (): Promise<number> => {
    const [only] = await running().request('conversation/list', {})
    if (only === undefined) throw new Error('No conversation')
    const start = sharedClockMs()
    const { messages } = await running().request('conversation/history', { conversation: only.id, limit: 50 })
    if (messages.length !== 50) throw new Error('No 50 messages')
    return sharedClockMs() - start
  },
  /** Until everything can be searched, in milliseconds. */
  completeSearch: async (): Promise<number> => {
    const start = sharedClockMs()
    await running().request('search/messages', { query: '', limit: 1, complete: true })
    return sharedClockMs() - start
  },
  /** How long it takes to find 50 messages. */
  search: async ({ query }: { query: string }): Promise<number> => {
    const start = sharedClockMs()
    await running().request('search/messages', { query, limit: 50 })
    return sharedClockMs() - start
  },
  /** Sends a file; milliseconds until its message is on disk. */
  sendFile: async ({ conversation, path }: { conversation: ConversationId; path: string }) => {
    const start = sharedClockMs()
    const { id } = await running().request('file/send', { conversation, path })
    return { message: id, ms: sharedClockMs() - start }
  },
  /** Fetches a file, all of it or `bytes` of it; milliseconds until it is here. */
  fetchFile: async ({ conversation, message, bytes }: FetchedFile): Promise<number> => {
    await until(async (service) => (await service.request('message/get', { conversation, message })) ?? undefined)
    const start = sharedClockMs()
    await whenFile(
      message,
      (state) => state.kind === 'here' || (bytes !== undefined && state.bytes >= bytes),
      () => running().request('file/download', { conversation, message }),
    )
    return sharedClockMs() - start
  },
  /** How much of a file is here. */
  heldOfFile: async ({ conversation, message }: FetchedFile): Promise<number> =>
    (await running().request('file/state', { conversation, message })).bytes,
  /** Removes what came of a file. */
  dropFile: async ({ conversation, message }: FetchedFile): Promise<void> => {
    await running().request('file/cancel', { conversation, message })
  },
  watchLoop: (): void => startLoopDelay(),
  loopDelay: () => readLoopDelay(),
  idleMemory: () => readIdleMemory(),
  peakMemory: () => readPeakMemory(),
  cpuMs: () => readCpuMs(),
}

/** The type of both ends of the control channel. */
export type ChatHandlers = typeof handlers

exposeHandlers(handlers)
