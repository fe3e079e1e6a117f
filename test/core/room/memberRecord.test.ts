import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Reader, Writer } from '../../../src/core/codec/codec.ts'
import { memberRecord, readMemberRecord, writeMemberRecord } from '../../../src/core/room/memberRecord.ts'
import { SimulatedMember } from './simulatedMember.ts'

const [ada, bob] = [new SimulatedMember('Ada', 1), new SimulatedMember('Bob', 2)]
const address = (of: SimulatedMember) => ({
  device: of.deviceKeys.publicKey,
  addressSecret: new Uint8Array(32).fill(7),
})

test('a record names the devices of its list, with the addresses that are known', () => {
  const { deviceList } = ada.recordNamed('Ada', 3, [bob])
  const record = memberRecord('Ada', deviceList, [address(bob)])
  assert.ok(record)
  assert.equal(record.person, ada.person)
  assert.equal(record.version, 3)
  const addresses = new Map(record.devices.map(({ device, addressSecret }) => [device, addressSecret]))
  assert.deepEqual(
    addresses,
    new Map([
      [ada.device, undefined],
      [bob.device, new Uint8Array(32).fill(7)],
    ]),
  )
  const writer = new Writer()
  writeMemberRecord(writer, record)
  const reader = new Reader(writer.finish())
  assert.deepEqual(readMemberRecord(reader), record)
  assert.ok(reader.isComplete)
})

test('an address of a device that is not on the list makes no record, nor does a list that nobody signed', () => {
  const { deviceList } = ada.record
  assert.equal(memberRecord('Ada', deviceList, [address(bob)]), undefined)
  assert.equal(memberRecord('Ada', deviceList.with(-1, (deviceList.at(-1) ?? 0) ^ 1), [address(ada)]), undefined)
})
