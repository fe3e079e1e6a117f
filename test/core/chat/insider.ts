/** What only somebody with another's secrets could know and do: the tests' way to misbehave as a contact. */
import { concat, idBytes, isEqual } from '../../../src/core/codec/bytes.ts'
import type { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import type { LoadedLogs } from '../../../src/core/conversation/conversationRecords.ts'
import { ConversationRecords } from '../../../src/core/conversation/conversationRecords.ts'
import type { ConversationRecord } from '../../../src/core/conversation/records.ts'
import type { Epochs } from '../../../src/core/conversation/epochs.ts'
import { encodeBody } from '../../../src/core/body/messageBody.ts'
import { HeaderWriter } from '../../../src/core/event/event.ts'
import { decodeRun, encodeRun, type Run, type RunEvent } from '../../../src/core/event/run.ts'
import { accountOf, type Account } from '../../../src/core/identity/account.ts'
import { addressKeyPair, dayOf } from '../../../src/core/identity/addressKeys.ts'
import { decodeIdentityFile, openIdentity, unwrapDataKey } from '../../../src/core/identity/identityFile.ts'
import type { Frame } from '../../../src/core/link/frame.ts'
import { greet } from '../../../src/core/link/greeting.ts'
import { Link } from '../../../src/core/link/link.ts'
import type { Connection, KeyPair } from '../../../src/core/ports/transport.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import { conversationToken } from '../../../src/core/sync/token.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'
import type { World } from './world.ts'

/** The open account of a person, and the address keys it calls with at a time. */
export async function accountOfPerson(
  person: SimulatedPerson,
): Promise<Account & { addressOn(nowMs: number): KeyPair }> {
  const file = decodeIdentityFile((await person.file.read()) ?? new Uint8Array())
  const secret = await person.secrets.get()
  const dataKey = file && secret && unwrapDataKey(secret, file.wrappedBySecret)
  const secrets = file && dataKey && openIdentity(dataKey, file.sealedIdentity)
  if (dataKey === undefined || secrets === undefined) throw new Error('The identity does not open')
  const account = accountOf(secrets, dataKey)
  return { ...account, addressOn: (nowMs) => addressKeyPair(account.addressSecret, dayOf(nowMs)) }
}

/** The key under which a person is found at a time. */
export async function addressOfPerson(person: SimulatedPerson, nowMs: number): Promise<Uint8Array> {
  return (await accountOfPerson(person)).addressOn(nowMs).publicKey
}

/** What an event that an insider writes says; what is left out continues the log properly. */
export interface InsiderEvent {
  readonly text: string
  readonly seq: number
  readonly previous: Uint8Array
  readonly clock: number
  readonly sentAt?: number
}

/** A link that is driven by a test with the keys of a person whose own process is down. */
export class Insider {
  readonly account: Account
  readonly link: Link
  readonly received: Frame[]
  readonly conversation: Uint8Array
  readonly epoch: Uint8Array
  readonly #epochs: Epochs
  readonly #random = new SeededRandom(77)
  /** The insider's own log as it stands on its disk. */
  readonly log: DeviceLog

  constructor(
    account: Account,
    link: Link,
    received: Frame[],
    record: ConversationRecord,
    { epochs, logs }: LoadedLogs,
  ) {
    this.account = account
    this.link = link
    this.received = received
    this.conversation = record.id
    this.epoch = record.epoch
    this.#epochs = epochs
    const log = logs.find(({ deviceId }) => deviceId === account.identity.device)
    if (log === undefined) throw new Error('There is no own log')
    this.log = log
  }

  /** Stops `person` and links to `other` in its place. `tokenOf`: names the conversation as on another connection. */
  static async takeOver(
    world: World,
    person: SimulatedPerson,
    other: SimulatedPerson,
    { tokenOf = {} }: { tokenOf?: { handshakeHash?: Uint8Array; isInitiator?: boolean } } = {},
  ): Promise<Insider> {
    const account = await accountOfPerson(person)
    await person.stop()
    await world.clock.advance(100)
    const { clock } = world
    const transport = world.network.createTransport()
    await transport.start()
    const address = await addressOfPerson(other, clock.now())
    const dialled = await world.settled(transport.dial(address, account.addressOn(clock.now())))
    if (dialled.kind === 'failed') throw new Error(`Not connected: ${dialled.why}`)
    const { connection } = dialled
    const hello = {
      device: account.device.publicKey,
      deviceListBytes: account.deviceList,
      incarnation: new Uint8Array(8).fill(9),
      now: clock.now(),
    }
    const received: Frame[] = []
    const link = await world.settled(
      new Promise<Link>((resolve, reject) => {
        greet(connection, hello, account.device.secretKey, clock, (result) => {
          if (result.kind === 'failed') {
            reject(new Error(`Not greeted: ${result.why}`))
            return
          }
          const { identity } = account
          const made = new Link(connection, { ...identity, incarnation: '', version: 1 }, clock)
          made.listen({
            onFrame: (frame) => received.push(frame),
            onDrain: () => undefined,
            onFlood: () => undefined,
            onClose: () => undefined,
          })
          resolve(made)
        })
      }),
    )
    const vault = new Vault(account.dataKey, new SeededRandom(1))
    const loaded = new ConversationRecords(new MemoryStore(person.disk), vault).load()
    const [first] = loaded.conversations
    if (first === undefined) throw new Error('There is no conversation')
    const insider = new Insider(account, link, received, first, loaded.of(first.id))
    const { handshakeHash = connection.handshakeHash, isInitiator = true } = tokenOf
    const named = { handshakeHash } as Connection
    link.send({ type: 'open', channel: 0, token: conversationToken(first.syncSecret, named, isInitiator) })
    link.send({ type: 'credit', channel: 0, count: 16 })
    await clock.advance(500)
    return insider
  }

  /** An event of any log, signed with any key: the insider's own unless said otherwise. */
  write(
    { text, seq, previous, clock, sentAt = 1_900_000_000_000 }: InsiderEvent,
    {
      conversation = this.conversation,
      device = this.account.device,
    }: { conversation?: Uint8Array; device?: KeyPair } = {},
  ): { run: Run; id: Uint8Array } {
    const plaintext = encodeBody({ kind: 'text', text })
    return this.writeBody(plaintext, { seq, previous, clock, sentAt }, { conversation, device })
  }

  /** The same with the bytes of a body, of whatever version and kind. */
  writeBody(
    plaintext: Uint8Array,
    { seq, previous, clock, sentAt = 1_900_000_000_000 }: Omit<InsiderEvent, 'text'>,
    {
      conversation = this.conversation,
      device = this.account.device,
    }: { conversation?: Uint8Array; device?: KeyPair } = {},
  ): { run: Run; id: Uint8Array } {
    const fields = { seq, clock, sentAt, epoch: this.epoch }
    const prefix = new HeaderWriter(conversation, device.publicKey).prefix(fields, previous)
    const bytes = this.#epochs.sealBody(this.epoch, this.#random.bytes(24), plaintext, prefix)
    return this.writeSealed(bytes, { seq, previous, clock, sentAt }, { conversation, device })
  }

  /** The same with a sealed body as it is. */
  writeSealed(
    bytes: Uint8Array,
    { seq, previous, clock, sentAt = 1_900_000_000_000 }: Omit<InsiderEvent, 'text'>,
    {
      conversation = this.conversation,
      device = this.account.device,
    }: { conversation?: Uint8Array; device?: KeyPair } = {},
  ): { run: Run; id: Uint8Array } {
    const fields = { seq, clock, sentAt, epoch: this.epoch }
    const headers = new HeaderWriter(conversation, device.publicKey)
    headers.prefix(fields, previous)
    const event: RunEvent = { ...fields, body: { kind: 'sealed', bytes } }
    const id = concat(headers.complete(event.body))
    return {
      run: { device: device.publicKey, previous, events: [event], signature: headers.sign(device.secretKey) },
      id,
    }
  }

  send(run: Run): void {
    this.link.send({ type: 'run', channel: 0, run: encodeRun(run) })
  }

  /** The runs that arrived so far of a device. */
  runsOf(device: string): Run[] {
    const key = idBytes(device)
    return this.received.flatMap((frame) => {
      const run = frame.type === 'run' ? decodeRun(frame.run) : undefined
      return run !== undefined && isEqual(run.device, key) ? [run] : []
    })
  }
}
