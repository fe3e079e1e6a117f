import type { Disposable, Event } from '../../shared/disposable.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import type { DeviceId, PersonId } from '../../shared/ids.ts'
import type { PeerReason } from '../../shared/service.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import type { AddressBook, AddressEntry } from '../contact/addressBook.ts'
import type { AddressTurnover } from '../contact/addressTurnover.ts'
import type { ContactDevice } from '../contact/contactRecord.ts'
import { type Contacts, hasReplaced, isFormer } from '../contact/contacts.ts'
import type { Reachables } from '../contact/reachable.ts'
import type { Account } from '../identity/account.ts'
import { addressKeyPair, dayOf } from '../identity/addressKeys.ts'
import { CallLimits } from '../link/callLimits.ts'
import { Dialler } from '../link/dialler.ts'
import { greet } from '../link/greeting.ts'
import type { Hello } from '../link/hello.ts'
import { commonVersion } from '../link/hello.ts'
import type { ByeReason } from '../link/frame.ts'
import { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Connection, Transport } from '../ports/transport.ts'
import { isPreferred } from './isPreferred.ts'
import { Listening } from './listening.ts'
import { peerReasonOf } from './peerReasonOf.ts'

const firstRetryMs = 1_000
const maxRetryMs = 5 * 60 * 1000
/** The side that did not dial first waits this much longer after a link broke, so that both do not dial at once. */
const secondDialMs = 1_500
/** A link that did not last this long counts as a failed attempt, so that what ends it at once causes no storm. */
const settledAfterMs = 10_000

export interface LinksInit {
  readonly transport: Transport
  readonly contacts: Contacts
  readonly people: Reachables
  readonly addresses: AddressBook
  readonly turnover: AddressTurnover
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** A link is ready; its owner sets the listener in this very call and calls `closed` when it ends. */
  readonly onLink: (link: Link, hello: Hello) => void
  /**
   * Another device answered, which took the expected one's place. There is no link yet: it is dialled once the contact
   * says so.
   */
  readonly onReplaced: (expected: AddressEntry, hello: Hello) => void
}

/** Finds people, is found by them, and keeps one link for each pair of devices. */
export class Links implements Disposable {
  readonly #init: LinksInit
  readonly #links = new Map<DeviceId, Link>()
  readonly #diallers = new Map<DeviceId, Dialler>()
  readonly #failures = new Map<DeviceId, PeerReason>()
  readonly #listening: Listening
  readonly #parts = new DisposableStore()
  readonly #onDidChange = new Emitter<void>()
  readonly #incarnation: Uint8Array
  readonly #calls: CallLimits

  constructor(init: LinksInit) {
    this.#init = init
    this.#listening = this.#parts.add(
      new Listening({
        ...init,
        secrets: () => init.turnover.secrets,
        onConnection: (connection) => {
          this.#onConnection(connection)
        },
      }),
    )
    this.#incarnation = init.random.bytes(8)
    this.#calls = new CallLimits(init.clock)
  }

  /** Links opened or closed, or an attempt began or failed. */
  readonly onDidChange: Event<void> = this.#onDidChange.event

  get all(): readonly Link[] {
    return [...this.#links.values()]
  }

  /** The open link to any device of this person, or `undefined`. */
  of(person: PersonId): Link | undefined {
    return this.all.find((link) => link.peer.person === person)
  }

  /** Whether a device is linked, or was not called in vain. */
  isReachable(device: DeviceId): boolean {
    return this.#links.has(device) || !this.#failures.has(device)
  }

  /** Why there is no link to a device, and when the next attempt comes. */
  attemptsOf(device: ContactDevice): { reason: PeerReason; nextAttemptAt?: number } {
    const id = toHex(device.key) as DeviceId
    const dialler = this.#diallers.get(id)
    if (dialler?.isAttempting === true) return { reason: 'connecting' }
    const reason = this.#failures.get(id) ?? 'connecting'
    const nextAttemptAt = dialler?.nextAttemptAt
    return nextAttemptAt === undefined ? { reason } : { reason, nextAttemptAt }
  }

  /** Listens under today's address and dials everybody. */
  start(): void {
    const { transport, people } = this.#init
    this.#parts.add(
      people.onDidChange(() => {
        this.#syncDiallers()
      }),
    )
    this.#parts.add(transport.onDidWake(() => this.wake()))
    this.#listening.check()
    this.#syncDiallers()
  }

  /** Tries everybody who is not linked, now, and asks the others whether they are still there. */
  wake(): void {
    this.#listening.check()
    for (const link of this.all) link.probe()
    for (const [id, dialler] of this.#diallers) if (!this.#links.has(id)) dialler.wake()
  }

  /** The own address changed, or others took note of it. */
  readdress(): void {
    this.#listening.check()
  }

  /** Closes every link and stops dialling until `wake`. */
  rest(): void {
    for (const link of this.all) link.close('leaving')
    // After the links: each that closes wakes its dialler.
    for (const dialler of this.#diallers.values()) dialler.rest()
  }

  /** To be called by the owner of a link once it has closed. */
  closed(link: Link): void {
    const { device } = link.peer
    if (this.#links.get(device) !== link) return
    this.#links.delete(device)
    this.#failures.delete(device)
    const dialler = this.#diallers.get(device)
    if (link.ageMs < settledAfterMs) dialler?.retry()
    else dialler?.wake(link.connection.isInitiator ? 0 : secondDialMs)
    this.#onDidChange.fire()
  }

  dispose(): void {
    this.#parts.dispose()
    for (const dialler of this.#diallers.values()) dialler.dispose()
    this.#diallers.clear()
    for (const link of this.all) link.close('leaving')
  }

  #onConnection(connection: Connection): void {
    const entry = this.#init.addresses.find(connection.remotePublicKey)
    if (entry === undefined || !this.#calls.admit(entry.device.key)) connection.destroy()
    else void this.#greet(connection, entry)
  }

  #syncDiallers(): void {
    const { people, addresses, clock, random } = this.#init
    const present = new Set<DeviceId>()
    for (const one of people.called)
      for (const device of one.devices) {
        const id = toHex(device.key) as DeviceId
        present.add(id)
        if (this.#diallers.has(id)) continue
        const person = toHex(one.person) as PersonId
        const dialler = new Dialler({
          clock,
          random,
          firstDelayMs: firstRetryMs,
          maxDelayMs: maxRetryMs,
          attempt: () => this.#dial(person, device.key),
          onDidChange: () => {
            this.#onDidChange.fire()
          },
        })
        this.#diallers.set(id, dialler)
        if (!this.#links.has(id)) dialler.wake()
      }
    for (const [id, dialler] of this.#diallers) {
      if (present.has(id)) continue
      dialler.dispose()
      this.#diallers.delete(id)
    }
    for (const [id, link] of this.#links) if (!addresses.admits(id)) link.close(this.#farewellTo(link))
  }

  /** Whoever is blocked sees what it would see if this device went offline. */
  #farewellTo({ peer }: Link): ByeReason {
    return this.#init.contacts.get(peer.person)?.isBlocked === true ? 'leaving' : 'removed'
  }

  async #dial(person: PersonId, key: Uint8Array): Promise<boolean> {
    const { people, addresses, turnover, clock, transport } = this.#init
    const id = toHex(key) as DeviceId
    const one = people.get(person)
    const device = one?.devices.find((candidate) => isEqual(candidate.key, key))
    if (one === undefined || device === undefined) return false
    const [own, ...former] = turnover.secretsFor(person).map((secret) => addressKeyPair(secret, dayOf(clock.now())))
    if (own === undefined) return false
    const [likely, other] = addresses.addressesOf(one, device)
    let result = await transport.dial(likely, own, addresses.lastOf(key))
    const isTurnedAway = (): boolean =>
      result.kind === 'failed' && (result.why === 'not-found' || result.why === 'refused') && !this.#links.has(id)
    // Its clock may have been set since.
    if (other !== undefined && isTurnedAway()) result = await transport.dial(other, own)
    // It may not know the present address of this device yet.
    for (const caller of former) if (isTurnedAway()) result = await transport.dial(likely, caller)
    if (result.kind === 'failed') this.#failures.set(id, peerReasonOf(result.why, one))
    // The other side came first: one link is enough.
    else if (this.#links.has(id)) result.connection.destroy()
    else if (!(await this.#greet(result.connection, { person, device }))) this.#failures.set(id, 'refused')
    return this.#links.has(id)
  }

  /** Resolves to whether a link came of it. */
  #greet(connection: Connection, expected: AddressEntry): Promise<boolean> {
    const { account, clock, log } = this.#init
    const { device, deviceList } = account()
    const fields = {
      device: device.publicKey,
      deviceListBytes: deviceList,
      incarnation: this.#incarnation,
      now: Math.max(0, clock.now()),
    }
    return new Promise((resolve) => {
      greet(connection, fields, device.secretKey, clock, (result) => {
        if (result.kind === 'failed') log.debug(`A link was not made: ${result.why}`)
        resolve(result.kind === 'greeted' && this.#accept(connection, expected, result.hello))
      })
    })
  }

  #accept(connection: Connection, expected: AddressEntry, hello: Hello): boolean {
    const { account, clock, log, contacts, onLink, onReplaced } = this.#init
    const version = commonVersion(hello.versions)
    const person = toHex(hello.deviceList.person)
    const contact = contacts.get(expected.person)
    const isReplaced =
      contact === undefined
        ? person === expected.person && isFormer(expected.device, hello.deviceList)
        : hasReplaced(contact, expected.device, hello.deviceList)
    if (version !== undefined && isReplaced) {
      connection.destroy()
      onReplaced(expected, hello)
      return false
    }
    if (version === undefined || person !== expected.person || !isEqual(hello.device, expected.device.key)) {
      log.warn(`Refused a link: ${version === undefined ? 'no common version' : 'another device than expected'}`)
      connection.destroy()
      return false
    }
    const device = toHex(hello.device) as DeviceId
    const link = new Link(
      connection,
      { person: expected.person, device, version, incarnation: toHex(hello.incarnation) },
      clock,
    )
    const present = this.#links.get(device)
    if (present !== undefined && !isPreferred(link, present, account().identity.device)) {
      link.close('replaced')
      return true
    }
    this.#links.set(device, link)
    this.#failures.delete(device)
    this.#diallers.get(device)?.rest()
    // The one it replaces is closed after it has lost its place, so that nobody dials on its account.
    present?.close('replaced')
    onLink(link, hello)
    this.#onDidChange.fire()
    return true
  }
}
