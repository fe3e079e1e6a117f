import type { Log } from '../../core/ports/log.ts'
import { assertNever } from '../../shared/assertNever.ts'
import { chatError } from '../../shared/chatError.ts'
import type { ChatError, ChatErrorCode } from '../../shared/chatError.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import type { ContactRequest } from '../../shared/contacts.ts'
import type { RoomOffer } from '../../shared/rooms.ts'
import type {
  ChatService,
  Conversation,
  IdentityState,
  NetworkStatus,
  OwnInvite,
  PendingJoin,
  ServiceNotification,
  ServiceNotifications,
} from '../../shared/service.ts'
import { serviceNotifications } from '../../shared/serviceNames.ts'
import type { StoreState } from '../../shared/store.ts'
import type { ChatLife, ChatPhase } from './chatLife.ts'
import type { Obstacle } from './nodeTypes.ts'

/** What the views show, as last heard. */
export interface ChatSnapshot {
  readonly phase: 'starting' | 'elsewhere' | 'broken' | 'running' | 'ended'
  /** Why `broken`. */
  readonly brokenBy?: ChatErrorCode
  /** Why `elsewhere`. */
  readonly obstacle?: Obstacle
  /** Absent until known. */
  readonly identity?: IdentityState
  /** The most recently active first. */
  readonly conversations: readonly Conversation[]
  readonly invites: readonly OwnInvite[]
  readonly joins: readonly PendingJoin[]
  /** Rooms that contacts offer. */
  readonly offers: readonly RoomOffer[]
  /** Who is to become a contact, asked by either side. */
  readonly requests: readonly ContactRequest[]
  readonly network?: NetworkStatus
  readonly store?: StoreState
}

/**
 * The chat as the views know it: one service that stays the same object over restarts (requests made while it starts
 * wait for it), and a snapshot kept up to date by the service's notifications.
 */
export interface ChatModel extends ChatService, Disposable {
  readonly snapshot: ChatSnapshot
  readonly onDidChange: Event<ChatSnapshot>
  /** Another window leads: what was read before is read anew. */
  readonly onDidChangeLeader: Event<void>
}

export function createChatModel(init: { readonly life: ChatLife; readonly log: Log }): ChatModel {
  const { life, log } = init
  const onError = (error: unknown): void => log.error('a listener of the chat failed', error)
  const changed = new Emitter<ChatSnapshot>(onError)
  const relays = new Map<ServiceNotification, Emitter<unknown>>()
  const held = new DisposableStore()
  let subscriptions = new DisposableStore()
  let snapshot: ChatSnapshot = empty(life.phase)

  const relay = <N extends ServiceNotification>(name: N): Emitter<ServiceNotifications[N]> => {
    const known = relays.get(name) as Emitter<ServiceNotifications[N]> | undefined
    if (known !== undefined) return known
    const made = new Emitter<ServiceNotifications[N]>(onError)
    relays.set(name, made as Emitter<unknown>)
    return made
  }

  const update = (part: Partial<ChatSnapshot>): void => {
    snapshot = { ...snapshot, ...part }
    changed.fire(snapshot)
  }

  /**
   * Asks for everything. Each answer is taken over at once, so that no notification in between is overwritten; the
   * identity comes last, because the views wait for it.
   */
  const refresh = async (chat: ChatService): Promise<void> => {
    const take = (part: Partial<ChatSnapshot>): void => {
      if (isCurrent(chat)) update(part)
    }
    const identity = await chat.request('identity/state', {})
    take({ store: await chat.request('store/state', {}) })
    take({ network: await chat.request('network/status', {}) })
    // What was there goes with the identity: it may have been deleted.
    if (identity.kind !== 'ready') take(nothingListed)
    else {
      take({ conversations: sorted(await chat.request('conversation/list', {})) })
      const { own, joins } = await chat.request('invite/list', {})
      take({ invites: own, joins })
      take({ offers: await chat.request('room/offers', {}) })
      take({ requests: await chat.request('contact/requests', {}) })
    }
    take({ identity })
  }
  const refreshSafely = (chat: ChatService): void => {
    if (!isCurrent(chat)) return
    refresh(chat).catch((error: unknown) => {
      if (isCurrent(chat)) log.error('the chat could not be read', error)
    })
  }
  const isCurrent = (chat: ChatService): boolean => life.phase.kind === 'running' && life.phase.chat === chat

  const attach = (chat: ChatService): void => {
    for (const name of serviceNotifications) {
      subscriptions.add(
        chat.on(name, (value) => {
          if (!isCurrent(chat)) return
          absorb(chat, name, value)
          relays.get(name)?.fire(value)
        }),
      )
    }
    refreshSafely(chat)
  }

  const absorb = (chat: ChatService, name: ServiceNotification, value: unknown): void => {
    switch (name) {
      case 'identity/changed':
        refreshSafely(chat)
        return
      case 'conversation/changed': {
        const { conversation } = value as ServiceNotifications['conversation/changed']
        update({ conversations: sorted(replaced(snapshot.conversations, conversation, (one) => one.id)) })
        return
      }
      case 'conversation/removed': {
        const { conversation } = value as ServiceNotifications['conversation/removed']
        update({ conversations: snapshot.conversations.filter(({ id }) => id !== conversation) })
        return
      }
      case 'invite/changed': {
        const { own, join } = value as ServiceNotifications['invite/changed']
        update({
          invites: own === undefined ? snapshot.invites : replaced(snapshot.invites, own, (one) => one.invite),
          joins: join === undefined ? snapshot.joins : withJoin(snapshot.joins, join),
        })
        return
      }
      case 'network/changed':
        update({ network: value as NetworkStatus })
        return
      case 'room/offersChanged':
        update({ offers: (value as ServiceNotifications['room/offersChanged']).offers })
        return
      case 'contact/requestsChanged':
        update({ requests: (value as ServiceNotifications['contact/requestsChanged']).requests })
        return
      case 'store/changed':
        update({ store: value as StoreState })
        return
      case 'message/added':
      case 'message/changed':
      case 'message/removed':
      case 'invite/joining':
      case 'room/membersChanged':
      case 'safety/changed':
      case 'file/progress':
      case 'file/preparing':
        return
      default:
        assertNever(name)
    }
  }

  const onPhase = (phase: ChatPhase): void => {
    subscriptions.dispose()
    subscriptions = new DisposableStore()
    snapshot = empty(phase)
    changed.fire(snapshot)
    if (phase.kind === 'running') attach(phase.chat)
  }

  /** The running chat, waiting for it while it starts. */
  const running = (): Promise<ChatService> =>
    new Promise((resolve, reject) => {
      const settle = (phase: ChatPhase): boolean => {
        if (phase.kind === 'starting') return false
        if (phase.kind === 'running') resolve(phase.chat)
        else reject(refusal(phase))
        return true
      }
      if (settle(life.phase)) return
      const waiting = held.add(
        life.onDidChangePhase((phase) => {
          if (settle(phase)) waiting.dispose()
        }),
      )
    })

  held.add(life.onDidChangePhase(onPhase))
  held.add(
    life.onDidChangeLeader(() => {
      if (life.phase.kind === 'running') refreshSafely(life.phase.chat)
    }),
  )
  if (life.phase.kind === 'running') attach(life.phase.chat)
  return {
    get snapshot() {
      return snapshot
    },
    onDidChange: changed.event,
    onDidChangeLeader: life.onDidChangeLeader,
    request: async (method, params) => (await running()).request(method, params),
    on: (name, listener) => relay(name).event(listener),
    dispose() {
      subscriptions.dispose()
      held.dispose()
      changed.dispose()
      for (const emitter of relays.values()) emitter.dispose()
    },
  }
}

const nothingListed = { conversations: [], invites: [], joins: [], offers: [], requests: [] }

function empty(phase: ChatPhase): ChatSnapshot {
  if (phase.kind === 'broken') return { phase: 'broken', brokenBy: phase.code, ...nothingListed }
  return phase.kind === 'elsewhere'
    ? { phase: 'elsewhere', obstacle: phase.why, ...nothingListed }
    : { phase: phase.kind, ...nothingListed }
}

function refusal(phase: Exclude<ChatPhase, { kind: 'starting' | 'running' }>): ChatError {
  switch (phase.kind) {
    case 'elsewhere':
      return chatError('in-use')
    case 'broken':
      return chatError(phase.code)
    case 'ended':
      return chatError('disposed')
    default:
      return assertNever(phase)
  }
}

function withJoin(list: readonly PendingJoin[], join: PendingJoin): readonly PendingJoin[] {
  return replaced(list, join, (one) => one.join).filter(({ state }) => state !== 'abandoned')
}

function replaced<T>(list: readonly T[], item: T, idOf: (item: T) => string): readonly T[] {
  const rest = list.filter((one) => idOf(one) !== idOf(item))
  return [...rest, item]
}

function sorted(list: readonly Conversation[]): readonly Conversation[] {
  return [...list].sort((a, b) => {
    const byTime = (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0)
    return byTime === 0 ? (a.id < b.id ? -1 : 1) : byTime
  })
}
