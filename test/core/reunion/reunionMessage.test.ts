import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { maxCounter } from '../../../src/core/event/event.ts'
import { parseDeviceList, signDeviceList } from '../../../src/core/identity/deviceList.ts'
import { decodeReunion, encodeReunion, maxEpochKeys, type Reunion } from '../../../src/core/reunion/reunionMessage.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const root = keyPairFromSeed(new Uint8Array(32).fill(1))
const devices = [{ key: new Uint8Array(32).fill(2), addedAt: 5 }]
const deviceListBytes = signDeviceList({ version: 3, person: root.publicKey, devices }, root)
const fill = (value: number): Uint8Array => new Uint8Array(32).fill(value)
const sample: Reunion = {
  token: fill(3),
  name: 'Bob',
  addressSecret: fill(4),
  deviceListBytes,
  secrets: { syncSecret: fill(5), epochKey: fill(6) },
  epochKeys: [fill(6)],
  knownUpTo: 7,
}

test('what a contact hands over comes back as it was, with the device list in it', () => {
  const reunion = fc.record({
    token: bytes32,
    addressSecret: bytes32,
    secrets: fc.record({ syncSecret: bytes32, epochKey: bytes32 }, { noNullPrototype: true }),
    epochKeys: fc.array(bytes32, { maxLength: 20 }),
    knownUpTo: fc.integer({ min: 0, max: maxCounter }),
  })
  fc.assert(
    fc.property(reunion, (fields) => {
      const whole = { ...fields, name: 'Bob', deviceListBytes }
      assert.deepEqual(decodeReunion(encodeReunion(whole)), { ...whole, deviceList: parseDeviceList(deviceListBytes) })
    }),
    { numRuns: 50 },
  )
  const many = { ...sample, epochKeys: Array.from({ length: maxEpochKeys }, () => fill(1)) }
  assert.equal(decodeReunion(encodeReunion(many))?.epochKeys.length, maxEpochKeys)
})

test('what is cut, extended, of a later version, too long, or without a signed device list is refused', () => {
  const bytes = encodeReunion(sample)
  // A bit of a key or a number is as good as another; what surrounds them is not.
  for (let length = 0; length < bytes.length; length++)
    assert.equal(decodeReunion(bytes.subarray(0, length)), undefined)
  const later = bytes.slice()
  later[0] = 2
  for (const wrong of [
    later,
    Uint8Array.of(...bytes, 0),
    encodeReunion({ ...sample, name: '' }),
    encodeReunion({ ...sample, name: 'B\u202eob' }),
    encodeReunion({ ...sample, epochKeys: Array.from({ length: maxEpochKeys + 1 }, () => fill(1)) }),
  ])
    assert.equal(decodeReunion(wrong), undefined)
  refusesHostileBytes(deviceListBytes, (list) => decodeReunion(encodeReunion({ ...sample, deviceListBytes: list })))
})
