import { toHex } from '../../../src/core/codec/bytes.ts'
import { fileFormat } from '../../../src/core/files/fileRecord.ts'
import { RecordTable } from '../../../src/core/store/recordTable.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import type { ConversationId, MessageId } from '../../../src/shared/ids.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { accountOfPerson } from './insider.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'

export const bytesOf = (size: number, seed = 7): Uint8Array => new SeededRandom(seed).bytes(size)

/** Sends a file of a person's machine. */
export async function sendFile(
  person: SimulatedPerson,
  conversation: ConversationId,
  bytes: Uint8Array,
  path = '/home/kettle.bin',
) {
  person.files.all.set(path, bytes)
  const { id } = await person.request('file/send', { conversation, path })
  return id
}

export const stateOf = (person: SimulatedPerson, conversation: ConversationId, message: MessageId) =>
  person.request('file/state', { conversation, message })

/** What somebody has saved of a file. */
export async function saved(
  person: SimulatedPerson,
  conversation: ConversationId,
  message: MessageId,
): Promise<Uint8Array> {
  const path = `/home/saved-${String(person.files.all.size)}`
  await person.request('file/save', { conversation, message, path })
  return person.files.all.get(path) ?? new Uint8Array(0)
}

/** The roots of the files that somebody's device keeps. */
export async function rootsOf(person: SimulatedPerson): Promise<string[]> {
  const { dataKey } = await accountOfPerson(person)
  const table = new RecordTable(new MemoryStore(person.disk), new Vault(dataKey, new SeededRandom(1)), fileFormat)
  return table.list().map(({ root }) => toHex(root))
}
