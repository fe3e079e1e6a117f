import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import { concat, fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { encodeUtf8 } from '../../../src/core/codec/utf8.ts'
import {
  domain,
  hash,
  isSignatureValid,
  keyedHash,
  keyPairFromSeed,
  open,
  seal,
  sha256,
  sha512,
  sign,
} from '../../../src/core/crypto/primitives.ts'
import { refusesHostileBytes } from '../codec/hostileBytes.ts'

const hex = (text: string): Uint8Array => fromHex(text) as Uint8Array
const empty = new Uint8Array()

test('hash is BLAKE2b-256', () => {
  assert.equal(toHex(hash(encodeUtf8('abc'))), 'bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319')
  assert.equal(toHex(hash(empty)), '0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8')
})

test('SHA-256 and SHA-512 are what Node computes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (input) => {
      assert.equal(toHex(sha256(input)), createHash('sha256').update(input).digest('hex'))
      assert.equal(toHex(sha512(input)), createHash('sha512').update(input).digest('hex'))
    }),
  )
})

test('a domain carries its length, so that none is the beginning of another', () => {
  assert.deepEqual(domain('ab'), new Uint8Array([2, 0x61, 0x62]))
  assert.notDeepEqual(concat(domain('ab'), encodeUtf8('c')), concat(domain('abc')))
})

test('a keyed hash is keyed BLAKE2b-256 of the domain and the parts', () => {
  // Computed with Python: hashlib.blake2b(b'\x01a' + b'xy', key=b'\x01' * 32, digest_size=32).
  assert.equal(
    toHex(keyedHash(new Uint8Array(32).fill(1), 'a', encodeUtf8('x'), encodeUtf8('y'))),
    '600a9829b0549a1881b5b17f4a9d3e3a12f010e0974aa1ce462c333cac7134f1',
  )
})

test('a keyed hash depends on the key, the purpose and every part', () => {
  const key = new Uint8Array(32).fill(1)
  const values = [
    keyedHash(key, 'a'),
    keyedHash(new Uint8Array(32).fill(2), 'a'),
    keyedHash(key, 'b'),
    keyedHash(key, 'a', encodeUtf8('x')),
    keyedHash(key, 'ax'),
    keyedHash(key, 'a', encodeUtf8('x'), encodeUtf8('y')),
  ].map(toHex)
  assert.equal(new Set(values).size, values.length)
  assert.equal(values[0], toHex(keyedHash(key, 'a')))
})

test('Ed25519 keys and signatures are those of RFC 8032', () => {
  const vectors = [
    {
      seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      message: '',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      message: '72',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
  ]
  for (const vector of vectors) {
    const pair = keyPairFromSeed(hex(vector.seed))
    assert.equal(toHex(pair.publicKey), vector.publicKey)
    assert.equal(toHex(pair.secretKey), vector.seed + vector.publicKey)
    assert.equal(toHex(sign(hex(vector.message), pair.secretKey)), vector.signature)
    assert.ok(isSignatureValid(hex(vector.signature), hex(vector.message), pair.publicKey))
  }
})

test('a signature holds for its message and its key alone', () => {
  const pair = keyPairFromSeed(new Uint8Array(32).fill(7))
  const other = keyPairFromSeed(new Uint8Array(32).fill(8))
  const message = encodeUtf8('message')
  const signature = sign(message, pair.secretKey)
  refusesHostileBytes(signature, (bytes) => (isSignatureValid(bytes, message, pair.publicKey) ? true : undefined))
  assert.ok(!isSignatureValid(signature, encodeUtf8('messagf'), pair.publicKey))
  assert.ok(!isSignatureValid(signature, message, other.publicKey))
  for (const key of [empty, pair.publicKey.slice(1), concat(pair.publicKey, new Uint8Array(1))])
    assert.ok(!isSignatureValid(signature, message, key))
})

test('keys of small order, under which one signature fits every message, are refused', () => {
  const neutral = hex('01'.padEnd(64, '0'))
  // R = the neutral element, S = 0: without the check it would hold for the neutral key and any message.
  const signature = concat(neutral, new Uint8Array(32))
  const keys = [
    '01'.padEnd(64, '0'),
    '00'.padEnd(64, '0'),
    '00'.repeat(31) + '80',
    'ec' + 'ff'.repeat(30) + '7f',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ]
  for (const key of keys)
    for (let i = 0; i < 16; i++) assert.ok(!isSignatureValid(signature, new Uint8Array([i]), hex(key)), key)
})

test('sealing is XChaCha20-Poly1305 as its draft has it', () => {
  const key = hex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f')
  const nonce = hex('404142434445464748494a4b4c4d4e4f5051525354555657')
  const associatedData = hex('50515253c0c1c2c3c4c5c6c7')
  const plaintext = encodeUtf8(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  )
  const sealed = seal(key, nonce, plaintext, associatedData)
  assert.equal(
    toHex(sealed),
    toHex(nonce) +
      'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216' +
      'cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13' +
      'b52ec0875924c1c7987947deafd8780acf49',
  )
  assert.deepEqual(open(key, sealed, associatedData), plaintext)
})

test('what was sealed opens with the same key and associated data, and with nothing else', () => {
  const key = new Uint8Array(32).fill(1)
  const nonce = new Uint8Array(24).fill(2)
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), fc.uint8Array(), (plaintext, data, otherData) => {
      const sealed = seal(key, nonce, plaintext, data)
      assert.deepEqual(open(key, sealed, data), plaintext)
      assert.equal(open(new Uint8Array(32).fill(3), sealed, data), undefined)
      if (Buffer.compare(data, otherData) !== 0) assert.equal(open(key, sealed, otherData), undefined)
    }),
  )
  refusesHostileBytes(seal(key, nonce, encodeUtf8('sealed'), empty), (bytes) => open(key, bytes, empty))
})

test('a key of a wrong length opens nothing', () => {
  const sealed = seal(new Uint8Array(32), new Uint8Array(24), empty, empty)
  for (const length of [0, 16, 31, 33]) assert.equal(open(new Uint8Array(length), sealed, empty), undefined)
})
