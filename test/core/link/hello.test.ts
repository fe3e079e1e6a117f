import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concat, fromHex } from '../../../src/core/codec/bytes.ts'
import { keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { signDeviceList } from '../../../src/core/identity/deviceList.ts'
import { commonVersion, decodeHello, encodeHello } from '../../../src/core/link/hello.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'
import { changedEnd, samplePair, samplePeer } from './samplePeers.ts'

const alice = samplePeer(10)
const bob = samplePeer(20)

test('a hello says who is speaking, in either direction', () => {
  const { near, far } = samplePair()
  for (const [from, to] of [
    [near, far],
    [far, near],
  ] as const) {
    const hello = decodeHello(encodeHello(alice.hello, alice.device.secretKey, from), to)
    assert.deepEqual(hello?.device, alice.device.publicKey)
    assert.deepEqual(hello.deviceList.person, alice.root.publicKey)
    assert.deepEqual(
      [hello.incarnation, hello.now, hello.versions],
      [alice.hello.incarnation, 5, { oldest: 1, newest: 1 }],
    )
  }
})

test('a captured hello is worth nothing on another connection, reflected, or under other stream keys', () => {
  const { near, far } = samplePair()
  const hello = encodeHello(alice.hello, alice.device.secretKey, near)
  assert.notEqual(decodeHello(hello, far), undefined)
  assert.equal(decodeHello(hello, samplePair(1).far), undefined)
  assert.equal(decodeHello(hello, near), undefined)
  assert.equal(decodeHello(hello, changedEnd(far, { isInitiator: true })), undefined)
  assert.equal(decodeHello(hello, changedEnd(far, { remotePublicKey: new Uint8Array(32).fill(9) })), undefined)
  assert.equal(decodeHello(hello, changedEnd(far, { localPublicKey: new Uint8Array(32).fill(9) })), undefined)
})

test('a hello with any bit changed is refused', () => {
  const { near, far } = samplePair()
  refusesHostileBytes(encodeHello(alice.hello, alice.device.secretKey, near), (bytes) => decodeHello(bytes, far))
})

test('a device that is not on the list it shows is refused', () => {
  const { near, far } = samplePair()
  const foreign = { ...alice.hello, deviceListBytes: bob.deviceList }
  assert.equal(decodeHello(encodeHello(foreign, alice.device.secretKey, near), far), undefined)
  const unsigned = { ...alice.hello, device: bob.device.publicKey }
  assert.equal(decodeHello(encodeHello(unsigned, alice.device.secretKey, near), far), undefined)
})

test('keys of small order prove nothing', () => {
  const small = [
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  ]
  const { near, far } = samplePair()
  for (const hex of small) {
    const device = fromHex(hex) as Uint8Array
    const devices = [{ key: device, addedAt: 1 }]
    const deviceListBytes = signDeviceList({ version: 1, person: alice.root.publicKey, devices }, alice.root)
    const hello = encodeHello({ ...alice.hello, device, deviceListBytes }, alice.device.secretKey, near)
    // With such a key, signatures of zeros would check out in a careless implementation.
    for (const signature of [new Uint8Array(64), concat(device, new Uint8Array(32)), hello.subarray(0, 64)])
      assert.equal(decodeHello(concat(signature, hello.subarray(64)), far), undefined)
  }
})

test('another person cannot speak for a listed device', () => {
  const { near, far } = samplePair()
  const impostor = keyPairFromSeed(new Uint8Array(32).fill(99))
  assert.equal(decodeHello(encodeHello(alice.hello, impostor.secretKey, near), far), undefined)
})

test('the newest common version is spoken, if there is one', () => {
  assert.equal(commonVersion({ oldest: 1, newest: 1 }), 1)
  assert.equal(commonVersion({ oldest: 1, newest: 9 }), 1)
  assert.equal(commonVersion({ oldest: 2, newest: 9 }), undefined)
  assert.equal(commonVersion({ oldest: 0, newest: 0 }), undefined)
})
