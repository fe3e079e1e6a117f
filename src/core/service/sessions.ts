import type { PersonId } from '../../shared/ids.ts'
import { concat, idBytes, isEqual } from '../codec/bytes.ts'
import type { AddressTurnover } from '../contact/addressTurnover.ts'
import { addressDigest } from '../contact/addressTurnover.ts'
import type { Contacts, Profile } from '../contact/contacts.ts'
import { applyProfile, boundSkew } from '../contact/contacts.ts'
import type { LastAddresses } from '../contact/lastAddresses.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Account } from '../identity/account.ts'
import type { AllowanceInit } from '../link/allowance.ts'
import type { Files } from '../files/files.ts'
import type { Hello } from '../link/hello.ts'
import type { Link } from '../link/link.ts'
import { PeerAllowances } from '../link/peerAllowances.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Store } from '../ports/store.ts'
import type { Comparisons } from '../safety/comparisons.ts'
import { keepsakeFor } from '../reunion/reunionKeys.ts'
import type { Letters } from '../letter/letters.ts'
import type { People } from '../rooms/people.ts'
import type { Presence } from '../rooms/presence.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Committer } from '../store/committer.ts'
import type { Links } from '../sync/links.ts'
import type { PrivacySettings } from '../signals/privacySettings.ts'
import type { Signal } from '../signals/signal.ts'
import type { Signals } from '../signals/signals.ts'
import type { SyncedLogs } from '../conversation/syncedLogs.ts'
import { Session } from '../sync/session.ts'
import type { FloodWatch } from './floodWatch.ts'

/** Letters are rare: an offer for each open invite when a link opens, and then one now and then. */
const letterAllowance: AllowanceInit = { burst: 256, perSecond: 1 }
/** A change of somebody's clock below this is not worth writing down. */
const noticeableSkewMs = 60_000

export interface SessionsInit {
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly rooms: Rooms
  readonly people: People
  readonly letters: Letters
  readonly links: Links
  readonly floods: FloodWatch
  readonly signals: Signals
  readonly presence: Presence
  readonly turnover: AddressTurnover
  readonly comparisons: Comparisons
  readonly files: Files
  readonly privacy: PrivacySettings
  readonly lastAddresses: LastAddresses
  readonly store: Store
  readonly committer: Committer
  readonly account: () => Account
  readonly clock: Clock
  readonly log: Log
}

/** What goes on over the links of this device: one session for each. */
export class Sessions {
  readonly #init: SessionsInit
  readonly #sessions = new Set<Session>()
  readonly #letters: PeerAllowances

  constructor(init: SessionsInit) {
    this.#init = init
    this.#letters = new PeerAllowances(init.clock, letterAllowance)
  }

  /** What is shared with whom may have changed. */
  refresh(): void {
    for (const session of this.#sessions) session.refresh()
  }

  /** What this device says of itself changed. */
  sendProfiles(): void {
    for (const session of this.#sessions) session.sendProfile()
  }

  /** Whether others are to remember when this user was last here has changed. */
  sendPresence(isLastSeenShown: boolean): void {
    for (const session of this.#sessions) session.sendPresence(isLastSeenShown)
  }

  /** Says something of a conversation to everybody who is linked and shares it. */
  signal(conversation: Conversation, signal: Signal): void {
    for (const session of this.#sessions) session.signal(conversation, signal)
  }

  /** Takes over what a contact says of itself. */
  takeProfile(person: PersonId, profile: Profile): void {
    this.#attempt('A contact could not be kept', this.#takeProfile(person, profile))
  }

  /** A link is ready. */
  open(link: Link, hello: Hello): void {
    const { account, clock, contacts, conversations, rooms, people, links, floods, lastAddresses, letters, log } =
      this.#init
    const { signals, privacy, presence, turnover, comparisons, files, store } = this.#init
    const { person } = link.peer
    // Nothing is remembered of whoever has not said that it may be.
    let isLastSeenShown = false
    const exchange = files.exchange(link, (conversation) => session.channelOf(conversation))
    const session: Session = new Session({
      link,
      store,
      clock,
      log,
      shared: () => [...rooms.sharedWith(person), ...this.#directWith(person)],
      ownProfile: () => {
        const { identity, deviceList, addressSecret } = account()
        return { type: 'profile', name: identity.name, deviceList, addressSecret }
      },
      onProfile: (profile) => {
        const taken = this.#takeProfile(person, profile).then(() => {
          // Only contacts keep what others say of their address; members of rooms read it in the room.
          const { addressSecret } = profile.device
          const isNoted = contacts.get(person)?.devices.some((one) => isEqual(one.addressSecret, addressSecret))
          if (isNoted === true) link.send({ type: 'address-noted', digest: addressDigest(addressSecret) })
        })
        this.#attempt('A contact could not be kept', taken)
      },
      onAddressNoted: (digest) => {
        const contact = contacts.get(person)
        if (contact !== undefined) this.#attempt('A contact could not be kept', turnover.noted(contact, digest))
      },
      onCompare: (step) => {
        comparisons.receive(person, link, step)
      },
      ownKeepsake: () => contacts.get(person) && keepsakeFor(account().root, idBytes(person)),
      onLetter: (letter) => {
        this.#attempt('A letter could not be handled', letters.onLetter(letter, { person, link }))
      },
      letterAllowance: this.#letters.of(person),
      onKeepsake: (keepsake) => {
        const known = contacts.get(person)?.keepsake
        const isKnown =
          known !== undefined && isEqual(concat(known.secret, known.token), concat(keepsake.secret, keepsake.token))
        if (!isKnown) this.#attempt('A contact could not be kept', contacts.update(person, { keepsake }))
      },
      onFlood: () => {
        const shared = rooms.sharedWith(person).flatMap((logs) => this.#conversationOf(logs) ?? [])
        const conversation = conversations.with(person) ?? shared[0]
        if (conversation !== undefined) floods.note(conversation, person)
      },
      onShare: (logs) => {
        const conversation = this.#conversationOf(logs)
        const marker = conversation && signals.markerOf(conversation)
        if (marker !== undefined) session.signal(logs, marker)
        const around = conversation && presence.wordOf(conversation)
        if (around !== undefined) session.signal(logs, around)
        if (conversation !== undefined) files.linked(exchange, conversation)
      },
      onSignal: (logs, signal) => {
        const conversation = this.#conversationOf(logs)
        if (conversation === undefined) return
        if (signal.type === 'around') presence.receive(conversation, signal)
        else signals.receive(conversation, person, signal)
      },
      onFile: (frame, logs) => {
        exchange.onFrame(frame, logs && this.#conversationOf(logs))
      },
      onDrain: () => {
        exchange.onDrain()
      },
      onPresence: (isShown) => {
        isLastSeenShown = isShown
        const lastSeenAt = Math.max(0, clock.now())
        const change = isShown ? contacts.update(person, { lastSeenAt }) : contacts.forgetLastSeen(person)
        this.#attempt('A contact could not be kept', change)
      },
      onClose: () => {
        this.#sessions.delete(session)
        files.unlinked(exchange)
        links.closed(link)
        signals.left(person)
        comparisons.left(person, link)
        this.#touch(person)
        if (isLastSeenShown)
          this.#attempt('A contact could not be kept', contacts.update(person, { lastSeenAt: clock.now() }))
      },
    })
    this.#sessions.add(session)
    session.sendPresence(privacy.now.lastSeen)
    letters.onLink(person, link)
    const { remoteAddress } = link.connection
    if (remoteAddress !== undefined) lastAddresses.note(idBytes(link.peer.device), remoteAddress)
    this.#touch(person)
    const skewMs = boundSkew(hello.now - clock.now())
    people.noteSkew(person, skewMs, noticeableSkewMs)
    const known = contacts.get(person)?.skewMs ?? 0
    const isNoticeable = Math.abs(skewMs - known) > noticeableSkewMs
    if (isNoticeable) this.#attempt('A contact could not be kept', contacts.update(person, { skewMs }))
  }

  /** A member of a common room who was a contact once shares no more than the room. */
  #directWith(person: PersonId): readonly Conversation[] {
    const conversation = this.#init.conversations.with(person)
    return conversation === undefined || this.#init.contacts.get(person) === undefined ? [] : [conversation]
  }

  /** The conversation that is shared as these logs; `undefined` for the log about a room. */
  #conversationOf(logs: SyncedLogs): Conversation | undefined {
    return this.#init.conversations.all.find((conversation) => conversation === logs)
  }

  /** Presence changed. */
  #touch(person: PersonId): void {
    for (const conversation of this.#directWith(person)) conversation.touch()
    this.#init.presence.linkChanged(person)
  }

  async #takeProfile(person: PersonId, profile: Profile): Promise<void> {
    const { contacts, committer } = this.#init
    const contact = contacts.get(person)
    const change = contact && applyProfile(contact, profile)
    if (change === undefined) return
    const conversation = this.#init.conversations.with(person)
    await committer.run(
      () => {
        contacts.put(change.after)
        if (change.hasNewKeys) conversation?.writeNotice('keys-changed', person)
        for (const { key } of change.after.devices)
          if (!change.before.devices.some((device) => isEqual(device.key, key)))
            conversation?.addLog(key, change.after.person)
      },
      () => {
        contacts.restore(change.before.person)
      },
    )
    contacts.changed()
    conversation?.touch()
  }

  #attempt(what: string, work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#init.log.error(what, error)
    })
  }
}
