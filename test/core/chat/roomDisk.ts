/** What lies on somebody's disk about a room, opened with that person's own secrets. */
import { idBytes, isEqual, toHex } from '../../../src/core/codec/bytes.ts'
import { ConversationRecords } from '../../../src/core/conversation/conversationRecords.ts'
import type { DeviceLog } from '../../../src/core/conversation/deviceLog.ts'
import { epochIdOf, Epochs } from '../../../src/core/conversation/epochs.ts'
import { writeEvents } from '../../../src/core/conversation/author.ts'
import { hash } from '../../../src/core/crypto/primitives.ts'
import { openEvent, sealEvent } from '../../../src/core/event/storedEvent.ts'
import type { Account } from '../../../src/core/identity/account.ts'
import { epochOf } from '../../../src/core/room/keyBox.ts'
import { clearEpoch, controlKeyOf, messageKeyOf } from '../../../src/core/room/roomKeys.ts'
import { roomFormat, roomKeyFormat, type RoomRecord } from '../../../src/core/rooms/roomRecords.ts'
import { RecordTable } from '../../../src/core/store/recordTable.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import type { ConversationId, DeviceId } from '../../../src/shared/ids.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { accountOfPerson } from './insider.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'

/** Hex names of the epochs in which this person can open messages of rooms. */
export async function keysOnDisk(person: SimulatedPerson): Promise<ReadonlySet<string>> {
  const { store, vault } = await diskOf(person)
  const keys = new RecordTable(store, vault, roomKeyFormat).list()
  return new Set(
    keys.flatMap(({ room, key }) => (key.kind === 'whole' ? [toHex(epochIdOf(messageKeyOf(room, key.bytes)))] : [])),
  )
}

/** Hex names of the epochs in which the newest `count` messages are sealed. */
export async function newestEpochs(
  person: SimulatedPerson,
  conversation: ConversationId,
  count: number,
): Promise<ReadonlySet<string>> {
  const { store, vault } = await diskOf(person)
  const { conversations } = new ConversationRecords(store, vault).load()
  const number = conversations.find(({ id }) => isEqual(id, idBytes(conversation)))?.number ?? 0
  const rows = store.readHistory(number, undefined, count)
  return new Set(rows.flatMap((row) => openEvent(vault, row)?.epoch ?? []).map(toHex))
}

/** Hex names of the epochs in which this person can open what was said in the log of its one room. */
export async function roomLogKeysOnDisk(person: SimulatedPerson): Promise<ReadonlySet<string>> {
  const { store, vault } = await diskOf(person)
  return new Set(new RecordTable(store, vault, roomKeyFormat).list().map(({ room, key }) => epochOf(room, key)))
}

/** What a device said in the log of the one room that this person is in: the hex names of the epochs, oldest first. */
export async function roomLogOnDisk(person: SimulatedPerson, device: DeviceId): Promise<readonly string[]> {
  const { store, vault } = await diskOf(person)
  const { room, logs } = openRoom(store, vault)
  const log = logs.find(({ deviceId }) => deviceId === device)
  const rows = store.readHistory(room.number, undefined, 1_000).filter((row) => row.log === log?.number)
  return rows.flatMap((row) => openEvent(vault, row)?.epoch ?? []).map(toHex)
}

/**
 * Says things in the log of the one room of somebody whose process is down, as a Tincan would that was changed to say
 * whatever it likes: the bytes of statements, and whether they are to stand in clear.
 */
export async function sayOnDisk(
  person: SimulatedPerson,
  statements: readonly { readonly bytes: Uint8Array; readonly isClear?: boolean }[],
): Promise<void> {
  const { store, vault, account } = await diskOf(person)
  const { room, records, logs } = openRoom(store, vault)
  const log = logs.find(({ deviceId }) => deviceId === account.identity.device)
  const keys = new RecordTable(store, vault, roomKeyFormat).list()
  const key = keys.map((held) => held.key).find(({ kind }) => kind === 'whole')
  if (log === undefined || key === undefined) throw new Error('Not in the room')
  const epochs = new Epochs()
  epochs.add(controlKeyOf(room.id, key.bytes))
  store.transaction(() => {
    for (const { bytes, isClear = false } of statements) {
      const [event] = writeEvents(
        {
          log,
          deviceSecretKey: account.device.secretKey,
          epochs: isClear ? { sealBody: (_epoch, _nonce, plaintext) => plaintext } : epochs,
          epoch: isClear ? clearEpoch : idBytes(epochOf(room.id, key)),
          random: new SeededRandom(log.head.seq),
          clock: 1_000,
          now: 0,
        },
        [bytes],
      )
      if (event === undefined) throw new Error('Nothing was said')
      store.addEvents([sealEvent(vault, room.number, log.number, event)])
      log.extend(event.seq, event)
    }
    records.putLog(log.record)
  })
}

/** Erases what the first `count` messages of a conversation say from the disk of somebody whose process is down. */
export async function eraseOnDisk(person: SimulatedPerson, conversation: ConversationId, count: number): Promise<void> {
  const { store, vault } = await diskOf(person)
  const { conversations } = new ConversationRecords(store, vault).load()
  const number = conversations.find(({ id }) => isEqual(id, idBytes(conversation)))?.number ?? 0
  store.transaction(() => {
    for (const row of store.readHistory(number, undefined, 1_000).slice(0, count)) {
      const event = openEvent(vault, row)
      if (event?.body.kind !== 'sealed') throw new Error('No message to erase')
      const body = { kind: 'erased', length: event.body.bytes.length, hash: hash(event.body.bytes) } as const
      store.replaceEvent(row.log, row.seq, sealEvent(vault, number, row.log, { ...event, body }).sealed, row.part)
    }
  })
}

function openRoom(
  store: MemoryStore,
  vault: Vault,
): { readonly room: RoomRecord; readonly records: ConversationRecords; readonly logs: readonly DeviceLog[] } {
  const records = new ConversationRecords(store, vault)
  const loaded = records.load()
  const [room] = new RecordTable(store, vault, roomFormat).list()
  if (room === undefined) throw new Error('There is no room')
  return { room, records, logs: loaded.of(room.id).logs }
}

async function diskOf(
  person: SimulatedPerson,
): Promise<{ readonly store: MemoryStore; readonly vault: Vault; readonly account: Account }> {
  const account = await accountOfPerson(person)
  return { store: new MemoryStore(person.disk), vault: new Vault(account.dataKey, new SeededRandom(1)), account }
}
