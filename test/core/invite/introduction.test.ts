import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { decodeAll, Writer } from '../../../src/core/codec/codec.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import { signDeviceList } from '../../../src/core/identity/deviceList.ts'
import {
  contactOf,
  readIntroduction,
  writeIntroduction,
  type Introduction,
} from '../../../src/core/invite/introduction.ts'
import type { PersonId } from '../../../src/shared/ids.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'
import { samplePeer } from '../link/samplePeers.ts'

const bob = samplePeer(30)
const other = samplePeer(34).device.publicKey
const introduction: Introduction = {
  person: bob.root.publicKey,
  personId: toHex(bob.root.publicKey) as PersonId,
  name: 'Bob',
  deviceList: bob.deviceList,
  device: bob.device.publicKey,
  addressSecret: new Uint8Array(32).fill(1),
  now: 5_000,
}
const encode = (value: Introduction): Uint8Array => {
  const writer = new Writer()
  writeIntroduction(writer, value)
  return writer.finish()
}
const decode = (bytes: Uint8Array): Introduction | undefined => decodeAll(bytes, readIntroduction)
const list = (version: number, keys: readonly Uint8Array[]): Uint8Array =>
  signDeviceList({ version, person: bob.root.publicKey, devices: keys.map((key) => ({ key, addedAt: 1 })) }, bob.root)

test('an introduction comes out of its bytes as it went in', () => {
  assert.deepEqual(decode(encode(introduction)), introduction)
})

test('an introduction with a bad name or without its device on its list is refused', () => {
  for (const wrong of [{ name: '' }, { name: 'B\u202eob' }, { device: other }, { deviceList: new Uint8Array(90) }])
    assert.equal(decode(encode({ ...introduction, ...wrong })), undefined)
})

test('hostile bytes give an introduction of the same person or none', () => {
  withHostileBytes(encode(introduction), (bytes) => {
    const read = decode(bytes)
    if (read !== undefined) assert.deepEqual(read.person, introduction.person)
  })
})

test('a stranger becomes a contact that is not verified, with the difference of the clocks', () => {
  const contact = contactOf(introduction, undefined, 2_000)
  assert.deepEqual(contact, {
    person: introduction.person,
    name: 'Bob',
    deviceList: bob.deviceList,
    devices: [{ key: introduction.device, addressSecret: introduction.addressSecret }],
    isVerified: false,
    addedAt: 2_000,
    skewMs: 3_000,
  })
  assert.equal(contactOf({ ...introduction, now: maxCounter }, undefined, 0).skewMs, maxCounter)
})

test('a contact who comes by an invite again stays verified with the same devices, and not with others', () => {
  const present = { ...contactOf(introduction, undefined, 2_000), isVerified: true, lastSeenAt: 3_000 }
  const again = contactOf({ ...introduction, name: 'Rob' }, present, 9_000)
  assert.deepEqual([again.name, again.isVerified, again.addedAt, again.lastSeenAt], ['Rob', true, 2_000, 3_000])
  const more = contactOf({ ...introduction, deviceList: list(2, [introduction.device, other]) }, present, 9_000)
  assert.equal(more.isVerified, false)
})

test('an introduction with an older device list does not bring removed devices back', () => {
  const newest = list(3, [introduction.device])
  const present = { ...contactOf(introduction, undefined, 2_000), deviceList: newest, isVerified: true }
  const older = { ...introduction, deviceList: list(2, [introduction.device, other]) }
  assert.deepEqual(contactOf(older, present, 9_000).deviceList, newest)
  const removed = { ...older, device: other }
  assert.deepEqual(contactOf(removed, present, 9_000).devices, present.devices)
})
