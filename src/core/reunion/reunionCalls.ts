import type { Disposable } from '../../shared/disposable.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import { copyOf, isEqual, toHex } from '../codec/bytes.ts'
import type { ContactRecord } from '../contact/contactRecord.ts'
import type { Contacts, Profile } from '../contact/contacts.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Account } from '../identity/account.ts'
import { dayOf } from '../identity/addressKeys.ts'
import { Dialler } from '../link/dialler.ts'
import { decodeFrame } from '../link/frame.ts'
import type { Hello } from '../link/hello.ts'
import { decodeHello, encodeHello } from '../link/hello.ts'
import { decodePacket, encodePackets } from '../link/packet.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Connection, Transport } from '../ports/transport.ts'
import type { Links } from '../sync/links.ts'
import { reunionOf } from './reunionOf.ts'
import { reunionTimeoutMs } from './reunionDoor.ts'
import type { Keepsake } from './reunionKeys.ts'
import { reunionAddress, reunionCaller } from './reunionKeys.ts'
import { encodeReunion } from './reunionMessage.ts'

/** So long somebody may be away before the other address is tried, and so long at first between the attempts. */
const patienceMs = 15_000
const maxPatienceMs = 30 * 60 * 1000

export interface ReunionCallsInit {
  readonly transport: Transport
  readonly contacts: Contacts
  readonly conversations: Conversations
  readonly links: Links
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  /** A contact came back with a new device, whose list it has signed. */
  readonly onBack: (person: PersonId, profile: Profile) => void
}

/** Looks for contacts who are not found where they were: they may have come back with nothing but their phrase. */
export class ReunionCalls implements Disposable {
  readonly #init: ReunionCallsInit
  readonly #diallers = new Map<PersonId, Dialler>()
  readonly #linked = new Set<PersonId>()
  readonly #parts = new DisposableStore()
  readonly #incarnation: Uint8Array

  constructor(init: ReunionCallsInit) {
    this.#init = init
    this.#incarnation = init.random.bytes(8)
  }

  start(): void {
    const { contacts, links } = this.#init
    const follow = (): void => {
      this.#follow()
    }
    this.#parts.add(contacts.onDidChange(follow))
    this.#parts.add(links.onDidChange(follow))
    follow()
  }

  /** Looks for everybody now. */
  wake(): void {
    for (const [person, dialler] of this.#diallers) if (!this.#linked.has(person)) dialler.wake()
  }

  rest(): void {
    for (const dialler of this.#diallers.values()) dialler.rest()
  }

  dispose(): void {
    this.#parts.dispose()
    for (const dialler of this.#diallers.values()) dialler.dispose()
    this.#diallers.clear()
  }

  #follow(): void {
    const { contacts, links, clock, random } = this.#init
    for (const person of [...this.#diallers.keys()]) if (contacts.get(person) === undefined) this.#drop(person)
    for (const contact of contacts.all) {
      const person = toHex(contact.person) as PersonId
      if (contact.isBlocked === true) {
        this.#drop(person)
        continue
      }
      const isLinked = links.of(person) !== undefined
      const wasLinked = this.#linked.has(person)
      if (isLinked) this.#linked.add(person)
      else this.#linked.delete(person)
      let dialler = this.#diallers.get(person)
      if (dialler === undefined && contact.keepsake !== undefined) {
        const attempt = (): Promise<boolean> => this.#call(person)
        dialler = new Dialler({ clock, random, firstDelayMs: patienceMs, maxDelayMs: maxPatienceMs, attempt })
        this.#diallers.set(person, dialler)
        if (!isLinked) dialler.wake(patienceMs)
      } else if (isLinked && !wasLinked) dialler?.rest()
      else if (!isLinked && wasLinked) dialler?.wake(patienceMs)
    }
  }

  #drop(person: PersonId): void {
    this.#diallers.get(person)?.dispose()
    this.#diallers.delete(person)
    this.#linked.delete(person)
  }

  async #call(person: PersonId): Promise<boolean> {
    const { transport, contacts, clock } = this.#init
    const contact = contacts.get(person)
    if (contact?.keepsake === undefined || this.#linked.has(person)) return true
    const { secret } = contact.keepsake
    const caller = reunionCaller(secret)
    const [theirs, ours] = [dayOf(clock.now() + contact.skewMs), dayOf(clock.now())]
    for (const day of new Set([theirs, ours])) {
      const dialled = await transport.dial(reunionAddress(secret, day).publicKey, caller)
      if (dialled.kind === 'open') return this.#talk(dialled.connection, contact, contact.keepsake)
    }
    return false
  }

  /** Resolves to whether the contact is back. */
  #talk(connection: Connection, contact: ContactRecord, keepsake: Keepsake): Promise<boolean> {
    const { clock, onBack } = this.#init
    return new Promise((resolve) => {
      let hello: Hello | undefined
      const timer = clock.after(reunionTimeoutMs, () => {
        connection.destroy()
      })
      const finish = (isBack: boolean): void => {
        timer.dispose()
        connection.onMessage = () => undefined
        connection.destroy()
        resolve(isBack)
      }
      connection.onClose = () => {
        finish(false)
      }
      connection.onMessage = (packet) => {
        const [frame, ...more] = decodePacket(packet) ?? []
        if (frame === undefined || more.length > 0) finish(false)
        else if (hello === undefined) {
          hello = decodeHello(frame, connection)
          const device = hello?.device
          // Only the contact itself can have signed the list; one of the devices known has no need of this.
          const isSelf = hello !== undefined && isEqual(hello.deviceList.person, contact.person)
          if (
            !isSelf ||
            contact.devices.some(({ key }) => isEqual(key, device ?? key)) ||
            !this.#tell(connection, contact, keepsake)
          )
            finish(false)
        } else {
          const profile = decodeFrame(frame)
          if (profile !== 'unknown' && profile?.type === 'profile') {
            const device = { key: hello.device, addressSecret: copyOf(profile.addressSecret) }
            const deviceList = copyOf(profile.deviceList)
            onBack(toHex(contact.person) as PersonId, { name: contact.name, deviceList, device })
          }
          finish(profile !== undefined)
        }
      }
    })
  }

  /** Says who this is, now that the other side has proved who it is. */
  #tell(connection: Connection, contact: ContactRecord, { token }: Keepsake): boolean {
    const { clock, conversations, account } = this.#init
    const conversation = conversations.with(toHex(contact.person) as PersonId)
    const own = account()
    const { device, deviceList } = own
    const reunion = conversation && reunionOf(conversation, contact, own, token)
    if (reunion === undefined) return false
    const now = Math.max(0, clock.now())
    const fields = { device: device.publicKey, deviceListBytes: deviceList, incarnation: this.#incarnation, now }
    const frames = [encodeHello(fields, device.secretKey, connection), encodeReunion(reunion)]
    for (const packet of encodePackets(frames)) connection.send(packet)
    return true
  }
}
