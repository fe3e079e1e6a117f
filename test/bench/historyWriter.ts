/**
 * Puts a long history on a disk, through the core's own log-writing code, as if its devices had written it over
 * months. In a process of its own, so that its memory is nobody else's.
 */
import { join } from 'node:path'
import { encodeBody } from '../../src/core/body/messageBody.ts'
import { writeEvents } from '../../src/core/conversation/author.ts'
import { ConversationRecords } from '../../src/core/conversation/conversationRecords.ts'
import type { DeviceLog } from '../../src/core/conversation/deviceLog.ts'
import { keyPairFromSeed } from '../../src/core/crypto/primitives.ts'
import { sealEvent } from '../../src/core/event/storedEvent.ts'
import type { KeyPair } from '../../src/core/ports/transport.ts'
import { Vault } from '../../src/core/store/vault.ts'
import { nodeRandom } from '../../src/node/nodeRandom.ts'
import { openSqliteStore } from '../../src/node/sqliteStore.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import type { ChatHome } from './chatParticipant.ts'
import { exposeHandlers } from './control.ts'
import { openAccount } from './openAccount.ts'
import { sampleText } from './sampleText.ts'

/** Devices beside the one whose disk it is: each is one more log of the conversation. */
export interface ExtraDevices {
  /** Whose devices they are: of the member who has the history, so that all of it is unread to the other. 32 bytes. */
  readonly person: Uint8Array
  /** The seeds of their keys, 32 bytes each. */
  readonly seeds: readonly Uint8Array[]
}

/** What is written where. */
interface Writing {
  readonly home: ChatHome
  readonly extra: ExtraDevices
  readonly messages: number
  /** Each message of words of its own; otherwise all are the same. */
  readonly isVaried: boolean
}

/** So many messages go in one transaction. */
const batchMessages = 5000
/** Somebody who writes, writes up to so many messages before another does. */
const longestTurn = 4
const plaintext = encodeBody({ kind: 'text', text: 'x'.repeat(200) })

const handlers = {
  /** The person whose home it is, 32 bytes. */
  person: async ({ home }: { home: ChatHome }): Promise<Uint8Array> => (await openAccount(home)).root.publicKey,

  /**
   * Gives the only conversation of a home logs of further devices, and `messages` messages written in turns by the
   * home's own device and these; with 0 messages the logs stay empty, as on a device that is to fetch them.
   */
  write: async ({ home, extra, messages, isVaried }: Writing) => {
    const account = await openAccount(home)
    const store = openSqliteStore(join(home.data, 'store.db'))
    const vault = new Vault(account.dataKey, nodeRandom)
    const records = new ConversationRecords(store, vault)
    const loaded = records.load()
    const [record] = loaded.conversations
    if (record === undefined) throw new Error('No conversation in this home')
    const { logs, epochs } = loaded.of(record.id)
    const own = logs.find(({ deviceId }) => deviceId === account.identity.device)
    if (own === undefined) throw new Error('No log of this device')
    const writers: { readonly log: DeviceLog; readonly key: KeyPair }[] = [{ log: own, key: account.device }]
    store.transaction(() => {
      for (const seed of extra.seeds) {
        const key = keyPairFromSeed(seed)
        writers.push({ log: records.createLog(record.id, key.publicKey, extra.person), key })
      }
    })

    const random = new SeededRandom(1)
    let clock = Math.max(0, ...logs.map(({ head }) => head.clock))
    let now = Date.now() - messages * 1000
    const body = (): Uint8Array => (isVaried ? encodeBody({ kind: 'text', text: sampleText(random) }) : plaintext)
    let written = 0
    while (written < messages) {
      const end = Math.min(messages, written + batchMessages)
      store.transaction(() => {
        while (written < end) {
          const { log, key } = random.pick(writers)
          const turn = Math.min(end - written, 1 + random.below(longestTurn))
          const init = { log, epochs, epoch: record.epoch, random: nodeRandom, deviceSecretKey: key.secretKey }
          const events = writeEvents({ ...init, clock, now }, Array.from({ length: turn }, body))
          const [first] = events
          const last = events.at(-1)
          if (first === undefined || last === undefined) throw new Error('Nothing was written')
          store.addEvents(events.map((event) => sealEvent(vault, record.number, log.number, event)))
          log.extend(first.seq, last)
          clock = last.clock
          written += turn
          now += turn * 1000
        }
        for (const { log } of writers) records.putLog(log.record)
      })
    }
    store.close()
  },
}

/** The type of both ends of the control channel. */
export type HistoryHandlers = typeof handlers

exposeHandlers(handlers)
