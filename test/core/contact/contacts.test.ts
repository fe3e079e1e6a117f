import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ContactRecord } from '../../../src/core/contact/contactRecord.ts'
import { applyProfile, boundSkew, hasOtherDevices, type Profile } from '../../../src/core/contact/contacts.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import { signDeviceList } from '../../../src/core/identity/deviceList.ts'
import { samplePeer } from '../link/samplePeers.ts'

const bob = samplePeer(50)
const mallory = samplePeer(60)
const second = samplePeer(70).device.publicKey
const addressSecret = new Uint8Array(32).fill(1)
const device = { key: bob.device.publicKey, addressSecret }
const contact: ContactRecord = {
  person: bob.root.publicKey,
  name: 'Bob',
  deviceList: bob.deviceList,
  devices: [device],
  isVerified: true,
  addedAt: 1,
  skewMs: 0,
}
const profile: Profile = { name: 'Bob', deviceList: bob.deviceList, device }

function list(version: number, keys: readonly Uint8Array[]): Uint8Array {
  const devices = keys.map((key) => ({ key, addedAt: 1 }))
  return signDeviceList({ version, person: bob.root.publicKey, devices }, bob.root)
}

test('a profile that says nothing new changes nothing', () => {
  assert.equal(applyProfile(contact, profile), undefined)
})

test('a new name and a new address are taken over, and verified stays', () => {
  const moved = { key: device.key, addressSecret: new Uint8Array(32).fill(2) }
  const change = applyProfile(contact, { ...profile, name: 'Rob', device: moved })
  assert.deepEqual(change?.after, { ...contact, name: 'Rob', devices: [moved] })
  assert.equal(change.hasNewKeys, false)
})

test('a newer list with other devices ends being verified, one with the same devices does not', () => {
  const more = list(2, [device.key, second])
  const change = applyProfile(contact, { ...profile, deviceList: more })
  assert.deepEqual([change?.hasNewKeys, change?.after.isVerified, change?.after.deviceList], [true, false, more])
  const same = list(2, [device.key])
  const renewed = applyProfile(contact, { ...profile, deviceList: same })
  assert.deepEqual([renewed?.hasNewKeys, renewed?.after.isVerified, renewed?.after.deviceList], [false, true, same])
})

test('an older list is no way back', () => {
  const newer = { ...contact, deviceList: list(3, [device.key]) }
  assert.equal(applyProfile(newer, { ...profile, deviceList: list(2, [device.key, second]) }), undefined)
  const renamed = applyProfile(newer, { ...profile, name: 'Rob' })
  assert.deepEqual(renamed?.after, { ...newer, name: 'Rob' })
})

test("another person's list, a damaged one and one without the speaker are refused", () => {
  for (const deviceList of [mallory.deviceList, bob.deviceList.slice(1), list(2, [second])])
    assert.equal(applyProfile(contact, { ...profile, name: 'Eve', deviceList }), undefined)
})

test('a device that left the list leaves the contact', () => {
  const both = {
    ...contact,
    deviceList: list(2, [device.key, second]),
    devices: [device, { key: second, addressSecret }],
  }
  const change = applyProfile(both, { ...profile, deviceList: list(3, [device.key]) })
  assert.deepEqual(change?.after.devices, [device])
})

test('other devices are told from a list that was only signed anew', () => {
  assert.equal(hasOtherDevices(contact, { ...contact, deviceList: list(2, [device.key]) }), false)
  assert.equal(hasOtherDevices(contact, { ...contact, deviceList: list(2, [device.key, second]) }), true)
})

test('any difference of clocks fits a record', () => {
  assert.equal(boundSkew(1e300), maxCounter)
  assert.equal(boundSkew(-1e300), -maxCounter)
  assert.equal(boundSkew(1.6), 2)
})
