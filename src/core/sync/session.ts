import type { Disposable } from '../../shared/disposable.ts'
import { copyOf, idBytes, isEqual, toHex } from '../codec/bytes.ts'
import type { Profile } from '../contact/contacts.ts'
import { parseName } from '../contact/name.ts'
import type { SyncedLogs } from '../conversation/syncedLogs.ts'
import { isFileFrame, type FileFrame } from '../files/fileFrame.ts'
import type { Frame } from '../link/frame.ts'
import { maxChannels } from '../link/frame.ts'
import type { Letter } from '../letter/letter.ts'
import { decodeLetter } from '../letter/letter.ts'
import type { Allowance } from '../link/allowance.ts'
import type { Link, LinkListener } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import type { Keepsake } from '../reunion/reunionKeys.ts'
import type { ComparisonStep } from '../safety/comparisonStep.ts'
import type { Signal } from '../signals/signal.ts'
import { ConversationSync } from './conversationSync.ts'
import { conversationToken } from './token.ts'

export interface SessionInit {
  readonly link: Link
  /** Where what is shared is kept. */
  readonly store: Pick<Store, 'flush'>
  readonly clock: Clock
  readonly log: Log
  /** What is shared with the person at the other end, now; what comes first is opened first. */
  readonly shared: () => Iterable<SyncedLogs>
  /** What this device says of itself. */
  readonly ownProfile: () => Extract<Frame, { type: 'profile' }>
  readonly onProfile: (profile: Profile) => void
  /** What the other side is to keep for the day on which this one has lost everything. */
  readonly ownKeepsake: () => Keepsake | undefined
  readonly onKeepsake: (keepsake: Keepsake) => void
  /** The other side says more than anybody needs to; the link closes. */
  readonly onFlood: () => void
  readonly onLetter: (letter: Letter) => void
  /** How many letters the person at the other end may send, over this link and others. */
  readonly letterAllowance: Allowance
  /** The other side has taken note of an address secret that this one told it. */
  readonly onAddressNoted: (digest: Uint8Array) => void
  /** The other side goes on with a live comparison. */
  readonly onCompare: (step: ComparisonStep) => void
  /** Both sides have named something that they share. */
  readonly onShare: (logs: SyncedLogs) => void
  /** The other side said something of what both share. */
  readonly onSignal: (logs: SyncedLogs, signal: Signal) => void
  /** Whether the other side wants it remembered when it was last here. */
  readonly onPresence: (isLastSeenShown: boolean) => void
  /** Something about a file; with what both share where it names that. */
  readonly onFile: (frame: FileFrame, logs: SyncedLogs | undefined) => void
  /** The link can take more. */
  readonly onDrain: () => void
  readonly onClose: () => void
}

interface Channel {
  readonly logs: SyncedLogs
  readonly sync: ConversationSync
  readonly number: number
  /** The name that this side gave to the other. */
  token: Uint8Array
  isOpen: boolean
}

/** What goes on over one link: profiles, and one sync for each conversation that both sides name. */
export class Session implements LinkListener, Disposable {
  readonly #init: SessionInit
  readonly #channels = new Map<SyncedLogs, Channel>()
  readonly #byRemoteChannel = new Map<number, Channel>()
  /** What the other side has opened, by token: a conversation may come to exist here only later. */
  readonly #remoteTokens = new Map<string, number>()
  #channelCount = 0
  #hasKeepsake = false

  constructor(init: SessionInit) {
    this.#init = init
    init.link.listen(this)
    this.sendProfile()
    this.refresh()
  }

  get link(): Link {
    return this.#init.link
  }

  /** Only contacts come back to each other: to anybody else there is none to send. */
  #sendKeepsake(): void {
    const keepsake = this.#hasKeepsake ? undefined : this.#init.ownKeepsake()
    if (keepsake === undefined) return
    this.#hasKeepsake = true
    this.link.send({ type: 'keepsake', ...keepsake })
  }

  sendProfile(): void {
    this.link.send(this.#init.ownProfile())
  }

  /** Says whether the other side is to remember when this one was last here. */
  sendPresence(isLastSeenShown: boolean): void {
    this.link.send({ type: 'presence', isLastSeenShown })
  }

  /** The number that this side gave to something; `undefined` where both sides do not share it now. */
  channelOf(logs: SyncedLogs): number | undefined {
    const channel = this.#channels.get(logs)
    return channel?.isOpen === true ? channel.number : undefined
  }

  /** Says something of what both sides share; nothing where they do not. */
  signal(logs: SyncedLogs, signal: Signal): void {
    const channel = this.#channels.get(logs)
    if (channel?.isOpen === true) this.link.send({ ...signal, channel: channel.number })
  }

  /**
   * Opens what came to be shared since, names anew what changed its keys before it opened, and says nothing more about
   * what is not shared any more.
   */
  refresh(): void {
    this.#sendKeepsake()
    const { store, clock, log, link } = this.#init
    const shared = new Set(this.#init.shared())
    for (const [conversation, { sync }] of this.#channels) {
      if (shared.has(conversation)) continue
      this.#channels.delete(conversation)
      // Where it is shared once more, both sides name it anew.
      this.#remoteTokens.delete(toHex(this.#token(conversation, !link.connection.isInitiator)))
      sync.dispose()
    }
    for (const conversation of shared) {
      const token = this.#token(conversation, link.connection.isInitiator)
      const present = this.#channels.get(conversation)
      if (present !== undefined) {
        if (present.isOpen || isEqual(present.token, token)) continue
        present.token = token
        link.send({ type: 'open', channel: present.number, token })
      } else if (this.#channelCount < maxChannels) {
        const number = this.#channelCount++
        const sync = new ConversationSync({ link, conversation, channel: number, store, clock, log })
        this.#channels.set(conversation, { logs: conversation, sync, number, token, isOpen: false })
        link.send({ type: 'open', channel: number, token })
      }
    }
    this.#match()
  }

  onFrame(frame: Frame): void {
    this.#guarded(() => {
      this.#handle(frame)
    })
  }

  onDrain(): void {
    this.#guarded(() => {
      for (const { sync } of this.#channels.values()) sync.onDrain()
      this.#init.onDrain()
    })
  }

  onFlood(): void {
    this.#init.onFlood()
  }

  onClose(): void {
    this.dispose()
    this.#init.onClose()
  }

  dispose(): void {
    for (const { sync } of this.#channels.values()) sync.dispose()
    this.#channels.clear()
    this.#byRemoteChannel.clear()
  }

  #handle(frame: Frame): void {
    if (frame.type === 'profile') this.#onProfile(frame)
    else if (frame.type === 'keepsake')
      this.#init.onKeepsake({ secret: copyOf(frame.secret), token: copyOf(frame.token) })
    else if (frame.type === 'letter') this.#onLetter(frame.body)
    else if (frame.type === 'address-noted') this.#init.onAddressNoted(copyOf(frame.digest))
    else if (frame.type === 'compare') this.#init.onCompare(frame.step)
    else if (frame.type === 'open') {
      const token = toHex(frame.token)
      // Nobody needs to open anything twice, and looking for what it names costs work.
      if (this.#remoteTokens.size >= maxChannels || this.#remoteTokens.has(token)) {
        this.onFlood()
        this.link.close('protocol')
        return
      }
      this.#remoteTokens.set(token, frame.channel)
      this.#match()
    } else if (frame.type === 'presence') this.#init.onPresence(frame.isLastSeenShown)
    else if (frame.type === 'typing' || frame.type === 'read' || frame.type === 'around') {
      const logs = this.#byRemoteChannel.get(frame.channel)?.logs
      if (logs !== undefined) this.#init.onSignal(logs, frame)
    } else if (isFileFrame(frame))
      this.#init.onFile(frame, 'channel' in frame ? this.#byRemoteChannel.get(frame.channel)?.logs : undefined)
    else if ('channel' in frame) this.#byRemoteChannel.get(frame.channel)?.sync.onFrame(frame)
  }

  /** The boundary to the transport: what fails here ends the link and is logged, and the process goes on. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#init.log.error('What a link brought could not be handled', error)
      this.link.close('leaving')
    }
  }

  #onLetter(body: Uint8Array): void {
    const letter = decodeLetter(body)
    if (!this.#init.letterAllowance.take()) {
      this.onFlood()
      this.link.close('protocol')
    } else if (letter !== undefined) this.#init.onLetter(letter)
  }

  #onProfile(frame: Extract<Frame, { type: 'profile' }>): void {
    const name = parseName(frame.name)
    if (name === undefined) return
    // Views into the packet are copied: a contact outlives it.
    const device = { key: idBytes(this.link.peer.device), addressSecret: copyOf(frame.addressSecret) }
    this.#init.onProfile({ name, deviceList: copyOf(frame.deviceList), device })
  }

  /** Brings together what both sides have named. */
  #match(): void {
    for (const [conversation, channel] of this.#channels) {
      if (channel.isOpen) continue
      const remote = this.#remoteTokens.get(toHex(this.#token(conversation, !this.link.connection.isInitiator)))
      if (remote === undefined) continue
      channel.isOpen = true
      this.#byRemoteChannel.set(remote, channel)
      channel.sync.open()
      this.#init.onShare(conversation)
    }
  }

  #token(conversation: SyncedLogs, byInitiator: boolean): Uint8Array {
    return conversationToken(conversation.syncSecret, this.link.connection, byInitiator)
  }
}
