import { concat, toHex } from '../codec/bytes.ts'
import { hashBytes } from '../crypto/primitives.ts'
import { openEvent } from '../event/storedEvent.ts'
import { contactFormat } from '../contact/contactRecord.ts'
import { isNoticeOf } from '../conversation/noticeBody.ts'
import { conversationFormat, epochFormat, logFormat } from '../conversation/records.ts'
import type { ConversationRecord, LogRecord } from '../conversation/records.ts'
import { messageLogIdOf } from '../room/roomKeys.ts'
import { messagesRecord } from '../rooms/messagesRecord.ts'
import { roomFormat } from '../rooms/roomRecords.ts'
import { roomKeyFormat } from '../rooms/roomRecords.ts'
import type { RoomRecord } from '../rooms/roomRecords.ts'
import { LostRoomList } from '../rooms/lostRoomList.ts'
import type { Ranges } from '../event/ranges.ts'
import { addRange, emptyRanges, topSeq } from '../event/ranges.ts'
import type { EventPart, EventRow, Store, StoreRemains } from '../ports/store.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

/** How many rows are handed to the store at once. */
const batchRows = 256

/**
 * Takes over from a damaged store whatever is provably as it was written: each record and row has its own seal, bound
 * to its place. What a log lacks now is missing from its ranges, and so it is asked for anew. Answers how many rooms lack
 * what they need to come back from just anybody. Needs a transaction of the caller.
 */
export function salvage(store: Store, remains: StoreRemains, vault: Vault): number {
  for (const { kind, id, sealed } of remains.readRecords())
    if (vault.openRecord(kind, id, sealed) !== undefined) store.putRecord(kind, id, sealed)
  const conversations = new RecordTable(store, vault, conversationFormat)
  const logs = new RecordTable(store, vault, logFormat)
  const rooms = new RecordTable(store, vault, roomFormat).list()
  const lostRooms = noteLostRooms(store, vault, rooms)
  const byId = salvageConversations(store, vault, rooms)
  /** The number of the rows of each set of logs: of messages, or of what is said about a room. */
  const numbers = new Map([...byId.values(), ...rooms].map(({ id, number }) => [toHex(id), number]))
  const contacts = new RecordTable(store, vault, contactFormat)
  const peers = new Set([...byId.values()].map(({ peer }) => peer && toHex(peer)))
  // A contact who is not known any more comes back by itself, and brings the conversation along.
  for (const { person } of contacts.list()) if (!peers.has(toHex(person))) contacts.delete(person)
  const byNumber = new Map<number, LogRecord>()
  for (const log of logs.list()) {
    if (numbers.has(toHex(log.conversation))) byNumber.set(log.number, log)
    else logs.delete(keyOf(log))
  }
  const held = salvageEvents(store, remains, vault, (row) => {
    const log = byNumber.get(row.log)
    return log === undefined ? row.log === -row.conversation : numbers.get(toHex(log.conversation)) === row.conversation
  })
  for (const log of byNumber.values()) logs.put(keyOf(log), { ...log, ranges: held.get(log.number) ?? emptyRanges })
  for (const record of byId.values()) {
    const notices = Math.max(record.notices, topSeq(held.get(-record.number) ?? emptyRanges))
    conversations.put(record.id, { ...record, notices })
  }
  return lostRooms
}

/** Notes the rooms of which there is a trace, but not their record. Answers how many they are, with those without any key. */
function noteLostRooms(store: Store, vault: Vault, rooms: readonly RoomRecord[]): number {
  const keys = new RecordTable(store, vault, roomKeyFormat).list()
  const conversations = new RecordTable(store, vault, conversationFormat).list()
  const traces = new Map([...keys, ...conversations].flatMap(({ room }) => (room ? [[toHex(room), room]] : [])))
  for (const { id } of rooms) traces.delete(toHex(id))
  new LostRoomList(store, vault).add([...traces.values()])
  const open = new Set(keys.map(({ room }) => toHex(room)))
  return traces.size + rooms.filter(({ id }) => !open.has(toHex(id))).length
}

/** The conversations that can go on, by id; the others are left out of the store. */
function salvageConversations(
  store: Store,
  vault: Vault,
  rooms: readonly RoomRecord[],
): ReadonlyMap<string, ConversationRecord> {
  const conversations = new RecordTable(store, vault, conversationFormat)
  const epochs = new Set(
    new RecordTable(store, vault, epochFormat).list().map(({ conversation, id }) => toHex(concat(conversation, id))),
  )
  const ofRooms = new Set(rooms.map(({ id }) => toHex(messageLogIdOf(id))))
  const byId = new Map<string, ConversationRecord>()
  for (const record of conversations.list()) {
    // Without its key nothing of it can be read, nor written in it: better that it comes back as a whole. Rooms keep
    // their keys elsewhere, and ask for those that they lack.
    const canGoOn = epochs.has(toHex(concat(record.id, record.epoch))) || ofRooms.has(toHex(record.id))
    if (canGoOn) byId.set(toHex(record.id), record)
    else conversations.delete(record.id)
  }
  // What a room says of its messages follows from the room, except where their rows are: they come anew.
  const logs = new RecordTable(store, vault, logFormat).list()
  let number = Math.max(0, ...[...logs, ...byId.values(), ...rooms].map((one) => one.number))
  for (const room of rooms) {
    const id = toHex(messageLogIdOf(room.id))
    if (!byId.has(id)) byId.set(id, messagesRecord(room, ++number))
  }
  return byId
}

/** Copies the rows that belong somewhere; what there is of each log. */
function salvageEvents(
  store: Store,
  remains: StoreRemains,
  vault: Vault,
  belongs: (row: EventRow) => boolean,
): ReadonlyMap<number, Ranges> {
  const held = new Map<number, Ranges>()
  let batch: EventRow[] = []
  for (const row of remains.readEvents()) {
    if (!belongs(row) || !isRowSound(vault, row)) continue
    held.set(row.log, addRange(held.get(row.log) ?? emptyRanges, row.seq, row.seq))
    batch.push({ ...row, part: partOf(vault, row) })
    if (batch.length < batchRows) continue
    store.addEvents(batch)
    batch = []
  }
  store.addEvents(batch)
  return held
}

/** What about others was filed is not taken over: whatever can be read is sorted anew. */
function partOf(vault: Vault, row: EventRow): EventPart {
  const event = row.log < 0 ? undefined : openEvent(vault, { ...row, part: 'unsorted' })
  if (event === undefined) return 'line'
  return event.body.kind === 'sealed' && event.part !== 'hidden' ? 'unsorted' : (event.part ?? 'line')
}

/** An event, or a local notice, that is as it was written, in the place where it was put. */
export function isRowSound(vault: Vault, row: EventRow): boolean {
  if (row.log >= 0) return openEvent(vault, row) !== undefined
  const notice = vault.openRow(row.log, row.seq, row.clock, row.sealed)
  return row.id.length === hashBytes && notice !== undefined && isNoticeOf(notice, row.id)
}

const keyOf = ({ conversation, device }: LogRecord): Uint8Array => concat(conversation, device)
