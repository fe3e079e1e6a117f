import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import {
  decodeIdentityFile,
  decodeIdentitySecrets,
  encodeIdentityFile,
  encodeIdentitySecrets,
  openIdentity,
  sealIdentity,
  unwrapDataKey,
  wrapDataKey,
  type IdentitySecrets,
  type SealedIdentityFile,
} from '../../../src/core/identity/identityFile.ts'
import { concat, fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { Writer } from '../../../src/core/codec/codec.ts'
import { encodeUtf8 } from '../../../src/core/codec/utf8.ts'
import { hash } from '../../../src/core/crypto/primitives.ts'
import { extended, refusesHostileBytes, truncations, withHostileBytes } from '../codec/hostileBytes.ts'

const fill = (value: number, length = 32): Uint8Array => new Uint8Array(length).fill(value)
const nonce = fill(8, 24)
const dataKey = fill(7)
const secrets: IdentitySecrets = {
  name: 'Ada',
  rootSeed: fill(1),
  deviceSeed: fill(2),
  addressSecret: fill(3),
  deviceList: fill(4, 3),
  generation: 0,
  formerDevices: [],
}
const file: SealedIdentityFile = {
  version: 1,
  wrappedBySecret: wrapDataKey(fill(6), dataKey, nonce),
  wrappedByPhrase: wrapDataKey(fill(9), dataKey, fill(10, 24)),
  sealedIdentity: sealIdentity(dataKey, secrets, fill(11, 24)),
}

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const anySecrets: fc.Arbitrary<IdentitySecrets> = fc.record(
  {
    name: fc.string({ unit: 'binary', minLength: 1, maxLength: 16 }),
    rootSeed: bytes32,
    deviceSeed: bytes32,
    addressSecret: bytes32,
    deviceList: fc.uint8Array({ maxLength: 1024 }),
    entropy: bytes32,
    generation: fc.maxSafeNat(),
    formerDevices: fc.array(bytes32, { maxLength: 24 }),
    reunionSince: fc.maxSafeNat(),
  },
  {
    requiredKeys: ['name', 'rootSeed', 'deviceSeed', 'addressSecret', 'deviceList', 'generation', 'formerDevices'],
    noNullPrototype: true,
  },
)

test('the bytes of the secrets and of the file never change within a version, and earlier versions are read', () => {
  const encoded = `03416461${'01'.repeat(32)}${'02'.repeat(32)}${'03'.repeat(32)}03040404`
  const withEntropy = `${encoded}01${'05'.repeat(32)}`
  assert.equal(toHex(encodeIdentitySecrets({ ...secrets, entropy: fill(5) })), `02${withEntropy}000000`)
  const full = { ...secrets, generation: 7, formerDevices: [fill(6)], reunionSince: 9 }
  assert.equal(toHex(encodeIdentitySecrets(full)), `02${encoded}000701${'06'.repeat(32)}0109`)
  assert.deepEqual(decodeIdentitySecrets(fromHex(`01${encoded}00`) ?? fill(0)), secrets)
  assert.deepEqual(decodeIdentitySecrets(fromHex(`01${withEntropy}`) ?? fill(0)), { ...secrets, entropy: fill(5) })
  const bytes = encodeIdentityFile(file)
  assert.equal(bytes.length, 335)
  assert.equal(toHex(bytes.slice(0, 7)), '54494e43414e01')
  assert.equal(toHex(hash(bytes)), '11336bbe195835bfdbe9858db480f27eedb84521b1d6e14f92add80939699217')
})

test('secrets come back, with and without the entropy of the phrase', () => {
  fc.assert(
    fc.property(anySecrets, (secrets) => {
      assert.deepEqual(decodeIdentitySecrets(encodeIdentitySecrets(secrets)), secrets)
      assert.deepEqual(openIdentity(dataKey, sealIdentity(dataKey, secrets, nonce)), secrets)
    }),
  )
})

test('a file comes back, and opens by the secret and by the phrase', () => {
  const read = decodeIdentityFile(encodeIdentityFile(file))
  assert.deepEqual(read, file)
  for (const found of [unwrapDataKey(fill(6), read.wrappedBySecret), unwrapDataKey(fill(9), read.wrappedByPhrase)]) {
    assert.deepEqual(found, dataKey)
    assert.deepEqual(openIdentity(found, read.sealedIdentity), secrets)
  }
})

test('any damage to the file is noticed without a secret', () => {
  refusesHostileBytes(encodeIdentityFile(file), decodeIdentityFile)
})

test('any damage to what is sealed is noticed with the secret', () => {
  refusesHostileBytes(file.wrappedBySecret, (bytes) => unwrapDataKey(fill(6), bytes))
  refusesHostileBytes(file.sealedIdentity, (bytes) => openIdentity(dataKey, bytes))
})

test('another key unwraps nothing and opens nothing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (key) => {
      fc.pre(Buffer.compare(key, fill(6)) !== 0 && Buffer.compare(key, dataKey) !== 0)
      assert.equal(unwrapDataKey(key, file.wrappedBySecret), undefined)
      assert.equal(openIdentity(key, file.sealedIdentity), undefined)
    }),
  )
  assert.equal(unwrapDataKey(fill(6), file.wrappedByPhrase), undefined)
})

test('a wrapped key does not pass for a sealed identity, nor the other way round', () => {
  assert.equal(openIdentity(fill(6), file.wrappedBySecret), undefined)
  assert.equal(unwrapDataKey(dataKey, file.sealedIdentity), undefined)
})

/** A file with a right checksum, whatever it holds. */
function forge(write: (writer: Writer) => Writer): Uint8Array {
  const content = write(new Writer()).finish()
  return concat(content, hash(content))
}

test('a whole file of a foreign kind, a later version or with wrong sizes is refused', () => {
  const { wrappedBySecret, wrappedByPhrase, sealedIdentity } = file
  const magic = encodeUtf8('TINCAN')
  const fields = (writer: Writer): Writer => writer.bytes(wrappedBySecret).bytes(wrappedByPhrase).bytes(sealedIdentity)
  assert.deepEqual(decodeIdentityFile(forge((writer) => fields(writer.fixed(magic).uint8(1)))), file)
  const refused = [
    forge((writer) => writer),
    forge((writer) => writer.fixed(magic)),
    forge((writer) => fields(writer.fixed(encodeUtf8('TINCAM')).uint8(1))),
    forge((writer) => fields(writer.fixed(magic).uint8(0))),
    forge((writer) => fields(writer.fixed(magic).uint8(2))),
    forge((writer) => fields(writer.fixed(magic).uint8(1)).uint8(0)),
    forge((writer) => fields(writer.fixed(magic).uint8(1).bytes(fill(0, 3)))),
    forge((writer) =>
      writer.fixed(magic).uint8(1).bytes(wrappedBySecret.slice(1)).bytes(wrappedByPhrase).bytes(sealedIdentity),
    ),
    forge((writer) => writer.fixed(magic).uint8(1).bytes(wrappedBySecret).bytes(wrappedByPhrase).bytes(fill(0, 4097))),
  ]
  for (const bytes of refused) assert.equal(decodeIdentityFile(bytes), undefined)
})

test('secrets that are cut, extended, of a later version or without a name are refused', () => {
  const bytes = encodeIdentitySecrets(secrets)
  const later = bytes.slice()
  later[0] = 3
  const nameless = fromHex(`0200${'01'.repeat(96)}0000000000`) as Uint8Array
  for (const wrong of [...truncations(bytes), extended(bytes), later, nameless])
    assert.equal(decodeIdentitySecrets(wrong), undefined)
})

test('any bytes are refused or the one encoding of secrets', () => {
  withHostileBytes(encodeIdentitySecrets({ ...secrets, entropy: fill(5) }), (bytes) => {
    const read = decodeIdentitySecrets(bytes)
    if (read !== undefined) assert.deepEqual(encodeIdentitySecrets(read), bytes)
  })
})

test('what was read does not change with the bytes it came from', () => {
  const bytes = Buffer.from(encodeIdentityFile(file))
  const read = decodeIdentityFile(bytes)
  bytes.fill(0)
  assert.deepEqual(read, file)
})

test('writing what could not be read again is a bug', () => {
  assert.throws(() => encodeIdentitySecrets({ ...secrets, name: '' }))
  assert.throws(() => encodeIdentitySecrets({ ...secrets, name: 'a'.repeat(65) }))
  assert.throws(() => encodeIdentitySecrets({ ...secrets, rootSeed: fill(1, 31) }))
  assert.throws(() => encodeIdentitySecrets({ ...secrets, entropy: fill(1, 16) }))
  assert.throws(() => encodeIdentitySecrets({ ...secrets, deviceList: fill(1, 2049) }))
  assert.throws(() => encodeIdentityFile({ ...file, wrappedByPhrase: fill(1) }))
  assert.throws(() => encodeIdentityFile({ ...file, sealedIdentity: fill(1, 4097) }))
  assert.throws(() => wrapDataKey(fill(6), fill(7, 31), nonce))
})
