/** What lies on somebody's disk about a room, opened with that person's own secrets. */
import { idBytes, isEqual, toHex } from '../../../src/core/codec/bytes.ts'
import { ConversationRecords } from '../../../src/core/conversation/conversationRecords.ts'
import { epochIdOf } from '../../../src/core/conversation/epochs.ts'
import { openEvent } from '../../../src/core/event/storedEvent.ts'
import { messageKeyOf } from '../../../src/core/room/roomKeys.ts'
import { roomKeyFormat } from '../../../src/core/rooms/roomRecords.ts'
import { RecordTable } from '../../../src/core/store/recordTable.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
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

async function diskOf(person: SimulatedPerson): Promise<{ store: MemoryStore; vault: Vault }> {
  const { dataKey } = await accountOfPerson(person)
  return { store: new MemoryStore(person.disk), vault: new Vault(dataKey, new SeededRandom(1)) }
}
