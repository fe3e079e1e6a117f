import type { ChatSnapshot } from '../../src/host/life/chatModel.ts'
import { createChatLife } from '../../src/host/life/chatLife.ts'
import type { ChatLife } from '../../src/host/life/chatLife.ts'
import { createChatModel } from '../../src/host/life/chatModel.ts'
import type { ChatModel } from '../../src/host/life/chatModel.ts'
import { chatError } from '../../src/shared/chatError.ts'
import type { ConversationId, DeviceId, MessageId, PersonId } from '../../src/shared/ids.ts'
import type { ContactRequest } from '../../src/shared/contacts.ts'
import type { RoomDetails, RoomMember, RoomOffer } from '../../src/shared/rooms.ts'
import type { Conversation, IdentityState, Message, NetworkStatus } from '../../src/shared/service.ts'
import type { StoreState } from '../../src/shared/store.ts'
import { FakeMembership } from '../doubles/fakeMembership.ts'
import { FakeChatService } from '../doubles/fakeChatService.ts'
import { RecordingLog } from '../doubles/recordingLog.ts'

export const alice = 'a'.repeat(64) as PersonId
export const bob = 'b'.repeat(64) as PersonId
export const conversationId = 'c'.repeat(64) as ConversationId
const device = 'd'.repeat(64) as DeviceId

export const ready: Extract<IdentityState, { kind: 'ready' }> = {
  kind: 'ready',
  identity: { person: alice, device, name: 'Alice' },
  phrasePending: false,
}
const network: NetworkStatus = { online: true, bootstrapped: true, links: [], peers: [] }

export const messageId = (clock: number): MessageId => clock.toString(16).padStart(12, '0').padEnd(76, '0') as MessageId

export const message = (clock: number): Message => ({
  id: messageId(clock),
  author: bob,
  device,
  seq: clock,
  clock,
  sentAt: clock,
  body: { kind: 'text', text: `message ${String(clock)}` },
  state: 'received',
})

export const conversation = (part: Partial<Conversation> = {}): Conversation => ({
  id: conversationId,
  kind: 'direct',
  title: 'Bob',
  members: [{ person: bob, name: 'Bob', verified: false }],
  unread: 0,
  online: true,
  missing: 0,
  notify: { level: 'all' },
  ...part,
})

export const roomDetails = (part: Partial<RoomDetails> = {}): RoomDetails => ({
  topic: '',
  whoInvites: 'admins',
  state: 'active',
  ownRole: 'owner',
  memberCount: 3,
  onlineCount: 2,
  pinned: [],
  mentions: 0,
  former: [],
  ...part,
})

export const room = (part: Partial<Conversation> = {}, details: Partial<RoomDetails> = {}): Conversation =>
  conversation({ kind: 'room', title: 'Kettle', room: roomDetails(details), ...part })

export const member = (part: Partial<RoomMember> = {}): RoomMember => ({
  person: bob,
  name: 'Bob',
  verified: false,
  role: 'member',
  isSelf: false,
  isContact: true,
  online: true,
  joinedAt: 1,
  looksLikeAnother: false,
  ...part,
})

/** What the sample chat answers; a test changes it as it goes. */
export interface SampleWorld {
  identity: IdentityState
  conversations: Conversation[]
  messages: Message[]
  draft: string
  members: RoomMember[]
  offers: RoomOffer[]
  requests: ContactRequest[]
  store: StoreState
}

/** A window's model over a chat in memory. Every promise it makes is settled by `settle`. */
export interface SampleChat {
  readonly world: SampleWorld
  readonly service: FakeChatService
  readonly life: ChatLife
  readonly model: ChatModel
  readonly log: RecordingLog
}

export function createSampleChat(part: Partial<SampleWorld> = {}): SampleChat {
  const world: SampleWorld = {
    identity: ready,
    conversations: [conversation()],
    messages: [],
    draft: '',
    members: [],
    offers: [],
    requests: [],
    store: {},
    ...part,
  }
  const service = new FakeChatService({
    'identity/state': () => world.identity,
    'identity/create': () => {
      world.identity = ready
      service.fire('identity/changed', ready)
      return { person: alice, device, phrase: 'one two three' }
    },
    'identity/confirmPhrase': () => null,
    'network/status': () => network,
    'store/state': () => world.store,
    'store/retry': () => world.store,
    'store/noted': () => null,
    'identity/restore': () => {
      world.identity = { ...ready, reunionSince: Date.now() }
      service.fire('identity/changed', world.identity)
      return ready.identity
    },
    'conversation/list': () => world.conversations,
    'invite/list': () => ({ own: [], joins: [] }),
    'room/offers': () => world.offers,
    'room/answer': () => ({}),
    'room/members': () => world.members,
    'room/set': () => null,
    'contact/requests': () => world.requests,
    'contact/answer': () => ({}),
    'conversation/history': ({ before, after, limit }) => {
      if (after !== undefined) {
        const newer = world.messages.filter(({ id }) => id > after)
        return { messages: newer.slice(0, limit), hasMore: newer.length > limit }
      }
      const older = world.messages.filter(({ id }) => before === undefined || id < before)
      return { messages: older.slice(-limit), hasMore: older.length > limit }
    },
    'conversation/read': () => null,
    'message/get': ({ message: id }) => world.messages.find((one) => one.id === id) ?? null,
    'draft/get': () => ({ text: world.draft }),
    'draft/set': () => null,
    'message/send': ({ body }) => {
      if (body.text === 'too long') throw chatError('message-too-long')
      return { id: messageId(99), seq: 99, state: 'queued' }
    },
  })
  const log = new RecordingLog()
  const life = createChatLife({ join: () => Promise.resolve(new FakeMembership(service)), log })
  return { world, service, life, model: createChatModel({ life, log }), log }
}

/** Lets everything that waits for promises and immediates happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** What a window knows of a chat that runs, and in which nothing is unless said otherwise. */
export const snapshot = (part: Partial<ChatSnapshot>): ChatSnapshot => ({
  phase: 'running',
  conversations: [],
  invites: [],
  joins: [],
  offers: [],
  requests: [],
  ...part,
})
