import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import {
  deviceHint,
  epochOf,
  maxSealedKeyBytes,
  openKeys,
  sealKeys,
  type Bond,
  type BoxContent,
  type HeldKey,
} from '../../../src/core/room/keyBox.ts'
import { maxEarlier, type EpochId } from '../../../src/core/room/operation.ts'
import { controlKeyOf, messageKeyOf, roomEpochId } from '../../../src/core/room/roomKeys.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'

const filled = (value: number): Uint8Array => new Uint8Array(32).fill(value)
const room = filled(1)
const key = filled(2)
const epoch = roomEpochId(controlKeyOf(room, key))
const device = keyPairFromSeed(filled(3))
const deviceId = toHex(device.publicKey) as DeviceId
const earlier: HeldKey[] = [
  { kind: 'whole', bytes: filled(4) },
  { kind: 'control', bytes: filled(5) },
]

const none = (): undefined => undefined
const bondKey = filled(8)
const bond: Bond = { epoch: roomEpochId(controlKeyOf(room, bondKey)), key: bondKey }

function sealed(content: BoxContent = { key, earlier }, bond?: Bond): Uint8Array {
  const box = sealKeys(epoch, deviceId, content, filled(6), bond)
  assert.ok(box)
  assert.equal(box.hint, deviceHint(epoch, deviceId))
  return box.sealed
}

test('a device opens what was sealed to it', () => {
  assert.deepEqual(openKeys(room, epoch, sealed(), device, none), { key, earlier })
})

test('a box that is bound to an epoch opens to the device while it holds all of that, and not a moment longer', () => {
  const box = sealed({ key, earlier }, bond)
  const holding = (held: HeldKey) => (asked: EpochId) => (asked === bond.epoch ? held : undefined)
  assert.deepEqual(openKeys(room, epoch, box, device, holding({ kind: 'whole', bytes: bondKey })), { key, earlier })
  const rest = holding({ kind: 'control', bytes: controlKeyOf(room, bondKey) })
  for (const held of [none, rest, holding({ kind: 'whole', bytes: filled(9) })])
    assert.equal(openKeys(room, epoch, box, device, held), undefined)
  const other = keyPairFromSeed(filled(9))
  assert.equal(openKeys(room, epoch, box, other, holding({ kind: 'whole', bytes: bondKey })), undefined)
  refusesHostileBytes(box, (bytes) => openKeys(room, epoch, bytes, device, holding({ kind: 'whole', bytes: bondKey })))
})

test('nobody else opens it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
      assert.equal(openKeys(room, epoch, sealed(), keyPairFromSeed(seed), none), undefined)
    }),
  )
})

test('a key that is not the one of the epoch, or of another room, is refused', () => {
  assert.equal(openKeys(room, epoch, sealed({ key: filled(9), earlier: [] }), device, none), undefined)
  assert.equal(openKeys(filled(9), epoch, sealed(), device, none), undefined)
})

test('a changed box is refused', () => {
  refusesHostileBytes(sealed({ key, earlier: [] }), (bytes) => openKeys(room, epoch, bytes, device, none))
})

test('a box has an upper bound', () => {
  const most = Array.from({ length: maxEarlier }, (): HeldKey => ({ kind: 'control', bytes: filled(5) }))
  assert.ok(sealed({ key, earlier: most }, bond).length <= maxSealedKeyBytes)
})

test('a device whose key is no point of the curve gets no box', () => {
  assert.equal(sealKeys(epoch, 'ff'.repeat(32) as DeviceId, { key, earlier: [] }, filled(6)), undefined)
})

test('the keys of an epoch differ by log and by room, and say which epoch they are of', () => {
  const keys = [
    controlKeyOf(room, key),
    messageKeyOf(room, key),
    controlKeyOf(filled(9), key),
    messageKeyOf(filled(9), key),
  ]
  assert.equal(new Set(keys.map(toHex)).size, 4)
  assert.equal(epochOf(room, { kind: 'whole', bytes: key }), epoch)
  assert.equal(epochOf(room, { kind: 'control', bytes: controlKeyOf(room, key) }), epoch)
})

test('a hint names one device in one epoch', () => {
  const other = 'ab'.repeat(32) as DeviceId
  const otherEpoch = roomEpochId(filled(8))
  assert.equal(
    new Set([deviceHint(epoch, deviceId), deviceHint(epoch, other), deviceHint(otherEpoch, deviceId)]).size,
    3,
  )
})
