/** One conversation on several machines, without any network: what each makes of the same events. */
import type { DeviceId, MessageId, PersonId } from '../../../src/shared/ids.ts'
import type { Message } from '../../../src/shared/service.ts'
import type { WireBody } from '../../../src/core/body/messageBody.ts'
import { encodeBody } from '../../../src/core/body/messageBody.ts'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { writeEvents } from '../../../src/core/conversation/author.ts'
import { Conversation } from '../../../src/core/conversation/conversation.ts'
import { ConversationRecords } from '../../../src/core/conversation/conversationRecords.ts'
import { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import { Epochs, epochIdOf } from '../../../src/core/conversation/epochs.ts'
import { messageIdOf } from '../../../src/core/conversation/messageId.ts'
import type { RoomTie } from '../../../src/core/conversation/roomTie.ts'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import type { Run } from '../../../src/core/event/run.ts'
import { Committer } from '../../../src/core/store/committer.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import type { StoredRun } from '../../../src/core/conversation/storeRun.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'

const conversation = new Uint8Array(32).fill(5)
const epochKey = new Uint8Array(32).fill(6)
const person = (name: number): Uint8Array => new Uint8Array(32).fill(100 + name)
const device = (name: number) => keyPairFromSeed(new Uint8Array(32).fill(10 + name))

/** Who a number is. */
export const personOf = (name: number): PersonId => toHex(person(name)) as PersonId
export const deviceOf = (name: number): DeviceId => toHex(device(name).publicKey) as DeviceId

function epochsOf(): Epochs {
  const epochs = new Epochs()
  epochs.add(epochKey)
  return epochs
}

/** Somebody who writes events, one run each. */
export class Author {
  readonly runs: Run[] = []
  readonly #name: number
  readonly #log: DeviceLog
  readonly #random: SeededRandom

  constructor(name: number) {
    this.#name = name
    this.#random = new SeededRandom(name + 1)
    const record = { number: 1, conversation, device: device(name).publicKey, person: person(name), ranges: [] }
    this.#log = new DeviceLog({ ...record, isConflicting: false }, undefined)
  }

  /** Says something after `clock`, and how it is named. */
  say(body: WireBody, clock: number): MessageId {
    const { secretKey } = device(this.#name)
    const [log, epochs, epoch, now] = [this.#log, epochsOf(), epochIdOf(epochKey), 1_800_000_000_000 + clock]
    const init = { log, deviceSecretKey: secretKey, epochs, epoch, random: this.#random, clock, now }
    const [event] = writeEvents(init, [encodeBody(body)])
    if (event === undefined) throw new Error('Nothing was written')
    log.extend(event.seq, event)
    const { signature } = event
    this.runs.push({ device: log.device, previous: event.previous, events: [event], ...(signature && { signature }) })
    return messageIdOf(event)
  }
}

/** A machine that holds the conversation; its own person writes nothing. */
export class Replica {
  readonly conversation: Conversation
  readonly store = new MemoryStore()
  readonly #clock = new FakeClock()

  /** `authors`: how many people write. */
  constructor(authors: number, tie?: RoomTie) {
    const random = new SeededRandom(99)
    const vault = new Vault(new Uint8Array(32).fill(1), random)
    const { store } = this
    const records = new ConversationRecords(store, vault)
    const committer = new Committer(store, this.#clock, new RecordingLog())
    const self = authors
    const context = {
      store,
      vault,
      committer,
      records,
      clock: this.#clock,
      random,
      deviceSecretKey: device(self).secretKey,
    }
    const [epochs, epoch] = [epochsOf(), epochIdOf(epochKey)]
    const number = records.nextNumber()
    const record = { number, id: conversation, syncSecret: conversation, createdAt: 0, epoch, notices: 0 }
    const logs = Array.from({ length: authors + 1 }, (_, name) =>
      records.createLog(conversation, device(name).publicKey, person(name)),
    )
    records.put({ ...record, peer: person(0) })
    this.conversation = new Conversation(context, { ...record, peer: person(0) }, epochs, logs, logs[self] as DeviceLog)
    if (tie !== undefined) this.conversation.tie(tie)
  }

  /** Takes a run, as from a link. */
  async take(run: Run): Promise<StoredRun['kind']> {
    const stored = this.conversation.ingest(run, this)
    await this.#clock.settle()
    return stored
  }

  /** Lets everything that was begun come to its end. */
  settle(): Promise<void> {
    return this.#clock.settle()
  }

  /** Everything it holds of a log, as it would hand it to others, one event each, so far as it can prove them. */
  runsOf(name: number): Run[] {
    const log = this.conversation.log(deviceOf(name))
    if (log === undefined) return []
    return log.ranges.flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, i) => this.conversation.readRun(log, from + i, from + i) ?? []).flat(),
    )
  }

  /** The messages as everybody is to see them. */
  shown(): unknown[] {
    const { messages } = this.conversation.timeline.history(undefined, 1_000)
    return messages.map(({ id, author, body, edited, erasedBy, reactions, quote, replies }: Message) => {
      return { id, author, body, edited, erasedBy, reactions, quote, replies }
    })
  }
}

/** A room in which everything counts but what is named, and in which some of somebody's messages were taken back. */
export function tieOf(init: {
  readonly counts?: (device: DeviceId, seq: number) => boolean
  readonly erased?: ReadonlyMap<MessageId, { readonly by: PersonId; readonly author: PersonId }>
}): RoomTie {
  const { counts = () => true, erased = new Map<MessageId, { readonly by: PersonId; readonly author: PersonId }>() } =
    init
  return {
    prepare: () => undefined,
    epoch: epochIdOf(epochKey),
    lifetimeMs: 0,
    others: new Set(),
    counts,
    floorOf: () => 0,
    countedOf: (of) => {
      const ranges = []
      for (let seq = 1; seq <= 40; seq++) if (counts(of, seq)) ranges.push({ from: seq, to: seq })
      return ranges
    },
    lines: () => [],
    linesAfter: () => [],
    hasLine: () => false,
    hasErasures: erased.size > 0,
    erasedMessages: [...erased.keys()],
    erasureOf: (message, author) => {
      const found = erased.get(message)
      return found?.author === author ? { by: found.by, part: 'line' } : undefined
    },
  }
}
