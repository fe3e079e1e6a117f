import type { Disposable, Event } from '../../shared/disposable.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { ServiceNotification, ServiceNotifications } from '../../shared/service.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { nextTurn } from '../ports/nextTurn.ts'
import type { Transport } from '../ports/transport.ts'
import type { Engine } from './engine.ts'
import { viewMembers } from './roomViews.ts'
import type { StoreCare } from './storeCare.ts'
import { viewConversation, viewNetwork } from './views.ts'

type Emitters = { readonly [N in ServiceNotification]: Emitter<ServiceNotifications[N]> }

/** Tells subscribers what happened. What changes many times within two turns is told once, as it is then. */
export class Announcer implements Disposable {
  readonly #clock: Clock
  readonly #transport: Transport
  readonly #log: Log
  readonly #parts = new DisposableStore()
  readonly #emitters: Emitters
  readonly #changed = new Set<Conversation>()
  /** Deleted, and told of. */
  readonly #removed = new Set<Conversation>()
  #engineParts = new DisposableStore()
  readonly #membersChanged = new Set<Conversation>()
  #engine: Engine | undefined
  #isNetworkChanged = false
  #isScheduled = false

  constructor(keeper: IdentityKeeper, care: StoreCare, transport: Transport, clock: Clock, log: Log) {
    this.#clock = clock
    this.#transport = transport
    this.#log = log
    const create = <T>(): Emitter<T> =>
      this.#parts.add(
        new Emitter<T>((error) => {
          log.error('A listener failed', error)
        }),
      )
    this.#emitters = {
      'identity/changed': create(),
      'message/added': create(),
      'message/changed': create(),
      'message/removed': create(),
      'conversation/removed': create(),
      'conversation/changed': create(),
      'invite/joining': create(),
      'invite/changed': create(),
      'network/changed': create(),
      'room/membersChanged': create(),
      'room/offersChanged': create(),
      'contact/requestsChanged': create(),
      'safety/changed': create(),
      'store/changed': create(),
      'file/progress': create(),
      'file/preparing': create(),
    }
    this.#parts.add(
      keeper.onDidChange((state) => {
        this.#emitters['identity/changed'].fire(state)
      }),
    )
    this.#parts.add(
      care.onDidChange((state) => {
        this.#emitters['store/changed'].fire(state)
      }),
    )
  }

  on<N extends ServiceNotification>(notification: N, listener: (value: ServiceNotifications[N]) => void): Disposable {
    const event: Event<ServiceNotifications[N]> = this.#emitters[notification].event
    return event(listener)
  }

  /** Follows an engine that is about to start, and no longer the one before. */
  watch(engine: Engine): void {
    this.#engineParts.dispose()
    this.#engineParts = new DisposableStore()
    this.#changed.clear()
    this.#removed.clear()
    this.#engine = engine
    const { conversations, rooms, presence, offers, requests, inviter, joiner, links, contacts, comparisons } = engine
    for (const conversation of conversations.all) this.#watchConversation(conversation)
    const parts = [
      conversations.onDidAdd((conversation) => {
        this.#watchConversation(conversation)
        this.#touch(conversation)
      }),
      rooms.onDidChange(({ messages }) => {
        this.#membersChanged.add(messages)
        this.#touch(messages)
      }),
      presence.onDidChange(({ messages }) => {
        this.#membersChanged.add(messages)
        this.#touch(messages)
      }),
      contacts.onDidChange(() => {
        // Who is a contact, and verified, is said of members as well.
        for (const { messages } of rooms.all) this.#membersChanged.add(messages)
        for (const conversation of conversations.all) this.#touch(conversation)
        this.#touchNetwork()
      }),
      links.onDidChange(() => {
        this.#touchNetwork()
      }),
      this.#transport.onDidChangeStatus(() => {
        this.#touchNetwork()
      }),
      inviter.onDidJoin((joining) => {
        this.#emitters['invite/joining'].fire(joining)
      }),
      inviter.onDidChange(({ own, conversation }) => {
        this.#emitters['invite/changed'].fire({ own, ...(conversation && { conversation: conversation.id }) })
      }),
      requests.onDidChange(() => {
        this.#emitters['contact/requestsChanged'].fire({ requests: requests.list() })
      }),
      comparisons.onDidChange((changed) => {
        this.#emitters['safety/changed'].fire(changed)
      }),
      offers.onDidChange(() => {
        this.#emitters['room/offersChanged'].fire({ offers: offers.list() })
      }),
      engine.files.onDidChange((progress) => {
        this.#emitters['file/progress'].fire(progress)
      }),
      engine.sending.onDidPrepare((preparing) => {
        this.#emitters['file/preparing'].fire(preparing)
      }),
      joiner.onDidChange(({ join, conversation }) => {
        this.#emitters['invite/changed'].fire({ join, ...(conversation && { conversation: conversation.id }) })
      }),
    ]
    for (const part of parts) this.#engineParts.add(part)
  }

  dispose(): void {
    this.#engine = undefined
    this.#engineParts.dispose()
    this.#parts.dispose()
  }

  #watchConversation(conversation: Conversation): void {
    const { id } = conversation
    const parts = [
      conversation.onDidAdd((messages) => {
        for (const message of messages) this.#emitters['message/added'].fire({ conversation: id, message })
      }),
      conversation.onDidChangeMessages((messages) => {
        for (const message of messages) this.#emitters['message/changed'].fire({ conversation: id, message })
      }),
      conversation.onDidRemove((messages) => {
        this.#emitters['message/removed'].fire({ conversation: id, messages: messages.map((message) => message.id) })
      }),
      conversation.onDidChange(() => {
        this.#touch(conversation)
      }),
    ]
    for (const part of parts) this.#engineParts.add(part)
  }

  #touch(conversation: Conversation): void {
    this.#changed.add(conversation)
    this.#schedule()
  }

  #touchNetwork(): void {
    this.#isNetworkChanged = true
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    void this.#tellLater()
  }

  async #tellLater(): Promise<void> {
    // What was written to links in this turn leaves the machine at the end of it: summing up waits for that.
    for (let turn = 0; turn < 2; turn++) await nextTurn(this.#clock)
    this.#isScheduled = false
    try {
      this.#tell()
    } catch (error) {
      this.#log.error('What changed could not be told', error)
    }
  }

  #tell(): void {
    const engine = this.#engine
    if (engine === undefined) return
    const changed = [...this.#changed]
    this.#changed.clear()
    for (const conversation of changed) this.#tellOf(engine, conversation)
    const withMembers = [...this.#membersChanged]
    this.#membersChanged.clear()
    for (const { id } of withMembers) {
      const room = engine.rooms.of(id)
      if (room !== undefined)
        this.#emitters['room/membersChanged'].fire({ conversation: id, members: viewMembers(engine, room) })
    }
    if (this.#isNetworkChanged) {
      this.#isNetworkChanged = false
      this.#emitters['network/changed'].fire(viewNetwork(engine, this.#transport.status))
    }
  }

  /** Of one that was deleted, once. */
  #tellOf(engine: Engine, conversation: Conversation): void {
    const isShown = engine.removal.isShown(conversation)
    if (isShown) this.#emitters['conversation/changed'].fire({ conversation: viewConversation(engine, conversation) })
    else if (!this.#removed.has(conversation))
      this.#emitters['conversation/removed'].fire({ conversation: conversation.id })
    if (isShown) this.#removed.delete(conversation)
    else this.#removed.add(conversation)
  }
}
