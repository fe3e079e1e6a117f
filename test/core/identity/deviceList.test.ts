import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  maxDeviceListBytes,
  maxDevices,
  maxFormerDevices,
  parseDeviceList,
  signDeviceList,
  type DeviceList,
} from '../../../src/core/identity/deviceList.ts'
import { compareBytes, concat, fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { Writer } from '../../../src/core/codec/codec.ts'
import { domain, keyPairFromSeed, sign } from '../../../src/core/crypto/primitives.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'

const root = keyPairFromSeed(new Uint8Array(32).fill(1))
const stranger = keyPairFromSeed(new Uint8Array(32).fill(9))
const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const list: DeviceList = {
  version: 1,
  person: root.publicKey,
  devices: [
    { key: key(2), addedAt: 5 },
    { key: key(3), addedAt: 1_700_000_000_000 },
  ],
}
const vector =
  '018a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c' +
  '0102' +
  `${'02'.repeat(32)}05` +
  `${'03'.repeat(32)}ff0068e5cf8b010000` +
  '2649b2522291a542b6565e803a1ae6010ef56aa1bdb457efb21d664915136a0edbb603efb0b98866862ba75654b62df4f7a0a633eed34d72b25ca9664fc7da02'

/** A list as somebody else might write it, well signed whatever it says. */
function forge(fields: {
  format?: number
  person?: Uint8Array
  version?: number
  devices?: readonly { key: Uint8Array; addedAt: number }[]
  after?: Uint8Array
}): Uint8Array {
  const devices = fields.devices ?? list.devices
  const writer = new Writer().uint8(fields.format ?? 1).fixed(fields.person ?? root.publicKey)
  writer.uint(fields.version ?? 1).uint(devices.length)
  for (const device of devices) writer.fixed(device.key).uint(device.addedAt)
  const content = writer.fixed(fields.after ?? new Uint8Array()).finish()
  return concat(content, sign(concat(domain('tincan device list'), content), root.secretKey))
}

test('the bytes of a device list never change', () => {
  assert.equal(toHex(signDeviceList(list, root)), vector)
  assert.deepEqual(parseDeviceList(fromHex(vector) as Uint8Array), list)
})

test('every list comes back, with its devices in the order of their keys', () => {
  const devices = fc.uniqueArray(
    fc.record(
      { key: fc.uint8Array({ minLength: 32, maxLength: 32 }), addedAt: fc.maxSafeNat() },
      { noNullPrototype: true },
    ),
    { minLength: 1, maxLength: maxDevices, selector: (device) => toHex(device.key) },
  )
  fc.assert(
    fc.property(devices, fc.integer({ min: 1, max: 2 ** 32 }), (devices, version) => {
      const bytes = signDeviceList({ version, person: root.publicKey, devices }, root)
      assert.ok(bytes.length <= maxDeviceListBytes)
      const sorted = [...devices].sort((a, b) => compareBytes(a.key, b.key))
      assert.deepEqual(parseDeviceList(bytes), { version, person: root.publicKey, devices: sorted })
    }),
  )
})

test('former devices come back in their order; one list has one form', () => {
  const former = Array.from({ length: maxFormerDevices }, (_, i) => key(200 - i))
  const devices = Array.from({ length: maxDevices }, (_, i) => ({ key: key(i), addedAt: Number.MAX_SAFE_INTEGER }))
  const full = { version: 2 ** 32, person: root.publicKey, devices, former }
  assert.deepEqual(parseDeviceList(signDeviceList(full, root)), full)
  assert.equal(toHex(signDeviceList({ ...list, former: [] }, root)), vector)
  assert.throws(() => signDeviceList({ ...full, former: [...former, key(1)] }, root))
  const none = new Writer().uint(0).finish()
  assert.equal(parseDeviceList(forge({ format: 2, after: none })), undefined)
  assert.equal(parseDeviceList(forge({ format: 1, after: concat(new Uint8Array([1]), key(1)) })), undefined)
  assert.notEqual(parseDeviceList(forge({ format: 2, after: concat(new Uint8Array([1]), key(1)) })), undefined)
})

test('any change of any bit is refused', () => {
  refusesHostileBytes(signDeviceList(list, root), parseDeviceList)
  refusesHostileBytes(signDeviceList({ ...list, former: [key(7)] }, root), parseDeviceList)
})

test('a parsed list does not change with the bytes it came from', () => {
  // A Buffer, whose `slice` shares memory: network bytes are Buffers.
  const bytes = Buffer.from(signDeviceList(list, root))
  const parsed = parseDeviceList(bytes)
  bytes.fill(0)
  assert.deepEqual(parsed, list)
})

test('a list signed by somebody else than the person it names is refused', () => {
  const content = signDeviceList(list, root).slice(0, -64)
  const signed = concat(content, sign(concat(domain('tincan device list'), content), stranger.secretKey))
  assert.equal(parseDeviceList(signed), undefined)
})

test("a person's signature for another purpose makes no list", () => {
  const content = signDeviceList(list, root).slice(0, -64)
  for (const message of [content, concat(domain('tincan event'), content)])
    assert.equal(parseDeviceList(concat(content, sign(message, root.secretKey))), undefined)
})

test('a person whose key is of small order, under which anybody can sign, is refused', () => {
  const neutral = concat(new Uint8Array([1]), new Uint8Array(31))
  const content = forge({ person: neutral }).slice(0, -64)
  assert.equal(parseDeviceList(concat(content, neutral, new Uint8Array(32))), undefined)
})

test('a well signed list with fields out of their bounds is refused', () => {
  assert.deepEqual(parseDeviceList(forge({})), list)
  const many = Array.from({ length: maxDevices + 1 }, (_, i) => ({ key: key(i + 1), addedAt: 1 }))
  assert.ok(parseDeviceList(forge({ devices: many.slice(1) })) !== undefined)
  const [first, second] = list.devices as [(typeof list.devices)[0], (typeof list.devices)[0]]
  const refused = [
    forge({ format: 0 }),
    forge({ format: 2 }),
    forge({ version: 0 }),
    forge({ version: 2 ** 32 + 1 }),
    forge({ devices: [] }),
    forge({ devices: many }),
    forge({ devices: [second, first] }),
    forge({ devices: [first, first] }),
    forge({ after: new Uint8Array(1) }),
    forge({ after: new Uint8Array(maxDeviceListBytes) }),
  ]
  for (const bytes of refused) assert.equal(parseDeviceList(bytes), undefined)
})

test('signing a list that could not be read again is a bug', () => {
  const wrong: DeviceList[] = [
    { ...list, version: 0 },
    { ...list, devices: [] },
    { ...list, devices: [{ key: key(1).slice(1), addedAt: 1 }] },
    { ...list, devices: [...list.devices, ...list.devices] },
    { ...list, person: stranger.publicKey },
    { ...list, person: new Uint8Array(31) },
  ]
  for (const list of wrong) assert.throws(() => signDeviceList(list, root))
})
