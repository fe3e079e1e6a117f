/** A room as its members would have made it, put on their disks without the hours that this takes. */
import { concat, idBytes, toHex } from '../../src/core/codec/bytes.ts'
import { encodeBody } from '../../src/core/body/messageBody.ts'
import { writeEvents } from '../../src/core/conversation/author.ts'
import { ConversationRecords } from '../../src/core/conversation/conversationRecords.ts'
import { DeviceLog } from '../../src/core/conversation/deviceLog.ts'
import { Epochs, epochIdOf } from '../../src/core/conversation/epochs.ts'
import { keyPairFromSeed } from '../../src/core/crypto/primitives.ts'
import { sealEvent, type StoredEvent } from '../../src/core/event/storedEvent.ts'
import type { Account } from '../../src/core/identity/account.ts'
import { signDeviceList } from '../../src/core/identity/deviceList.ts'
import type { KeyPair } from '../../src/core/ports/transport.ts'
import type { Random } from '../../src/core/ports/random.ts'
import type { Store } from '../../src/core/ports/store.ts'
import { memberRecord, memberRecordOf, type MemberRecord } from '../../src/core/room/memberRecord.ts'
import type { Operation, OperationId } from '../../src/core/room/operation.ts'
import { controlKeyOf, messageKeyOf, roomEpochId, roomIdOf } from '../../src/core/room/roomKeys.ts'
import { encodeStatement } from '../../src/core/room/statementCodec.ts'
import { messagesRecord } from '../../src/core/rooms/messagesRecord.ts'
import { roomFormat, roomKeyFormat } from '../../src/core/rooms/roomRecords.ts'
import { RecordTable } from '../../src/core/store/recordTable.ts'
import { Vault } from '../../src/core/store/vault.ts'

/** So many messages go in one transaction. */
const batchMessages = 5000
const plaintext = encodeBody({ kind: 'text', text: 'x'.repeat(200) })

export interface PlannedMember {
  readonly record: MemberRecord
  readonly root: KeyPair
  readonly device: KeyPair
}

/** A room whose founder brought everybody in, one after the other. */
export interface RoomPlan {
  readonly id: Uint8Array
  readonly secret: Uint8Array
  readonly key: Uint8Array
  readonly members: readonly PlannedMember[]
  /** By member, what its log of the room says. */
  readonly logs: readonly (readonly StoredEvent[])[]
}

/** Somebody who runs: its account is on a disk. */
export function memberOf(account: Account): PlannedMember {
  return { record: memberRecordOf(account), root: account.root, device: account.device }
}

/** Somebody who never runs. */
export function absentMember(random: Random, name: string): PlannedMember {
  const [root, device] = [keyPairFromSeed(random.bytes(32)), keyPairFromSeed(random.bytes(32))]
  const devices = [{ key: device.publicKey, addedAt: 1 }]
  const list = signDeviceList({ version: 1, person: root.publicKey, devices }, root)
  const record = memberRecord(name, list, [{ device: device.publicKey, addressSecret: random.bytes(32) }])
  if (record === undefined) throw new Error('Not a member record')
  return { record, root, device }
}

/** What the members, the founder first, say in the log of a room that all of them belong to. */
export function planRoom(members: readonly PlannedMember[], random: Random, now: number): RoomPlan {
  const [founder] = members
  if (founder === undefined) throw new Error('A room has a founder')
  const [nonce, key, secret] = [random.bytes(32), random.bytes(32), random.bytes(32)]
  const id = roomIdOf(founder.record.person, nonce)
  const epochs = new Epochs()
  epochs.add(controlKeyOf(id, key))
  const epoch = roomEpochId(controlKeyOf(id, key))
  const logs = members.map(({ device, root }, number) => draftLog(id, number, device, root))
  const said = members.map((): StoredEvent[] => [])
  let clock = 0
  let after: readonly OperationId[] = []
  const say = (index: number, operation: Operation): OperationId => {
    const [log, member] = [logs[index], members[index]]
    if (log === undefined || member === undefined) throw new Error('No such member')
    const init = { log, epochs, epoch: idBytes(epoch), random, deviceSecretKey: member.device.secretKey, clock, now }
    const [event] = writeEvents(init, [encodeStatement({ after, operation })])
    if (event === undefined) throw new Error('Nothing was written')
    log.extend(event.seq, event)
    said[index]?.push(event)
    clock = event.clock
    const operationId = toHex(event.id) as OperationId
    after = [operationId]
    return operationId
  }
  say(0, { kind: 'found', nonce, title: 'Room', topic: '', whoInvites: 'admins', member: founder.record })
  members.forEach(({ record }, index) => {
    if (index === 0) return
    const to = { kind: 'person', person: record.person } as const
    const invite = say(0, { kind: 'invite', to, role: 'member', history: 'all', expiresAt: now })
    say(index, { kind: 'join', invite, epoch, member: record, messages: 0 })
  })
  return { id, secret, key, members, logs: said }
}

/** Puts a planned room on the disk of one of its members, with `messages` messages that all members wrote in turns. */
export function plantRoom(store: Store, dataKey: Uint8Array, plan: RoomPlan, random: Random, messages: number): void {
  const vault = new Vault(dataKey, random)
  const records = new ConversationRecords(store, vault)
  records.load()
  const now = Date.now()
  const logs = store.transaction(() => {
    const number = records.nextNumber()
    const { id, secret, key } = plan
    const room = {
      id,
      number,
      secret,
      createdAt: now,
      title: 'Room',
      guests: [],
      floors: [],
      isParted: false,
      isTorn: false,
    }
    new RecordTable(store, vault, roomFormat).put(id, room)
    const held = { kind: 'whole', bytes: key } as const
    const epoch = idBytes(roomEpochId(controlKeyOf(id, key)))
    new RecordTable(store, vault, roomKeyFormat).put(concat(id, epoch), { room: id, key: held })
    plan.members.forEach(({ device, root }, index) => {
      const log = records.createLog(id, device.publicKey, root.publicKey)
      const said = plan.logs[index] ?? []
      store.addEvents(said.map((event) => sealEvent(vault, number, log.number, event)))
      const [first, last] = [said[0], said.at(-1)]
      if (first !== undefined && last !== undefined) log.extend(first.seq, last)
      records.putLog(log.record)
    })
    const conversation = messagesRecord(room, records.nextNumber())
    records.put(conversation)
    return {
      number: conversation.number,
      writers: plan.members.map(({ device, root }) => ({
        log: records.createLog(conversation.id, device.publicKey, root.publicKey),
        key: device,
      })),
    }
  })
  const messageKey = messageKeyOf(plan.id, plan.key)
  const epochs = new Epochs()
  epochs.add(messageKey)
  let clock = plan.members.length * 2
  for (let written = 0; written < messages;) {
    const end = Math.min(messages, written + batchMessages)
    store.transaction(() => {
      for (; written < end; written++) {
        const writer = logs.writers[written % logs.writers.length]
        if (writer === undefined) return
        const { log, key } = writer
        const init = { log, epochs, epoch: epochIdOf(messageKey), random, deviceSecretKey: key.secretKey }
        const [event] = writeEvents({ ...init, clock, now: now - (messages - written) * 1000 }, [plaintext])
        if (event === undefined) return
        store.addEvents([sealEvent(vault, logs.number, log.number, event)])
        log.extend(event.seq, event)
        clock = event.clock
      }
      for (const { log } of logs.writers) records.putLog(log.record)
    })
  }
}

function draftLog(conversation: Uint8Array, number: number, device: KeyPair, root: KeyPair): DeviceLog {
  const record = {
    conversation,
    number,
    device: device.publicKey,
    person: root.publicKey,
    ranges: [],
    isConflicting: false,
  }
  return new DeviceLog(record, undefined)
}
