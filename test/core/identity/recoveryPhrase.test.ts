import assert from 'node:assert/strict'
import { pbkdf2Sync } from 'node:crypto'
import test from 'node:test'
import fc from 'fast-check'
import {
  entropyFromPhrase,
  phraseFromEntropy,
  phraseKeys,
  recoveryKey,
  rootKeyPair,
} from '../../../src/core/identity/recoveryPhrase.ts'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { isSignatureValid, keyedHash, keyPairFromSeed, sign } from '../../../src/core/crypto/primitives.ts'

const entropyOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
const entropy = fc.uint8Array({ minLength: 32, maxLength: 32 })
const abandon = `${'abandon '.repeat(23)}art`

test("phrases are those of BIP39's own vectors", () => {
  const vectors: [number, string][] = [
    [0x00, abandon],
    [
      0x7f,
      'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title',
    ],
    [
      0x80,
      'letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless',
    ],
    [0xff, `${'zoo '.repeat(23)}vote`],
  ]
  for (const [fill, phrase] of vectors) {
    assert.equal(phraseFromEntropy(entropyOf(fill)), phrase)
    assert.deepEqual(entropyFromPhrase(phrase), entropyOf(fill))
  }
})

test('the entropy of every phrase comes back', () => {
  fc.assert(fc.property(entropy, (bytes) => assert.deepEqual(entropyFromPhrase(phraseFromEntropy(bytes)), bytes)))
})

test('a phrase may be typed in any case, with any white space, and in compatibility characters', () => {
  const words = abandon.split(' ')
  const typed = [
    abandon.toUpperCase(),
    `  ${abandon}\n`,
    words.join('\n'),
    words.join(' \t\r\n'),
    words.join('\u00a0'),
    words.join('\u3000'),
    words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('  '),
    abandon.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)), // full-width letters
  ]
  for (const phrase of typed) assert.deepEqual(entropyFromPhrase(phrase), entropyOf(0), JSON.stringify(phrase))
})

test('what is not 24 right words is refused', () => {
  const words = abandon.split(' ')
  const refused = [
    '',
    ' ',
    'abandon',
    words.slice(1).join(' '),
    `abandon ${abandon}`,
    words.join(''),
    words.join(','),
    'abandon '.repeat(24),
    `${'abandon '.repeat(23)}arts`,
    `${'abandon '.repeat(23)}ärt`,
    `${'abandon '.repeat(23)}\ud83d`,
    `${'abandon '.repeat(11)}about`, // a valid phrase of 12 words
    `${' '.repeat(1024)}${abandon}`,
  ]
  for (const phrase of refused) assert.equal(entropyFromPhrase(phrase), undefined, JSON.stringify(phrase))
})

test('two words exchanged are noticed by the checksum, nearly always', () => {
  let noticed = 0
  for (let i = 0; i < 200; i++) {
    const bytes = entropyOf(i)
    bytes[0] = 255 - i
    const words = phraseFromEntropy(bytes).split(' ')
    const [first, second] = words as [string, string]
    const swapped = [second, first, ...words.slice(2)].join(' ')
    const read = entropyFromPhrase(swapped)
    if (read === undefined) noticed++
    else assert.equal(phraseFromEntropy(read), swapped)
  }
  assert.ok(noticed > 180)
})

test('any text is refused or is a phrase', () => {
  const word = fc.oneof(fc.constantFrom('abandon', 'art', 'zoo', 'vote', 'ABLE'), fc.string({ maxLength: 8 }))
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { minLength: 23, maxLength: 25 }).map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(text, (phrase) => {
      const bytes = entropyFromPhrase(phrase)
      if (bytes !== undefined) assert.equal(bytes.length, 32)
    }),
  )
})

test('entropy of a wrong length is a bug', () => {
  for (const length of [0, 16, 31, 33]) assert.throws(() => phraseFromEntropy(new Uint8Array(length)))
})

test('the keys of a phrase never change', () => {
  const keys = phraseKeys(entropyOf(0))
  assert.equal(toHex(keys.root.publicKey), 'bc2b9f47535bb2d4345ab7909a9ce2b832f1a36459cc76b31e3dd26e0ed41fd4')
  assert.equal(toHex(keys.recovery), '3652b2be8a75f70d2d9d308b29af1886a61d2796fe56dcae6ea8f24cad791a15')
})

test("the keys come from BIP39's seed, each for its own purpose", () => {
  const bytes = entropyOf(0x42)
  const seed = new Uint8Array(pbkdf2Sync(phraseFromEntropy(bytes), 'mnemonic', 2048, 64, 'sha512'))
  const root = rootKeyPair(bytes)
  assert.deepEqual(root, keyPairFromSeed(keyedHash(seed, 'tincan person root')))
  assert.deepEqual(recoveryKey(bytes), keyedHash(seed, 'tincan recovery key'))
  assert.notDeepEqual(recoveryKey(bytes), root.secretKey.slice(0, 32))
  assert.deepEqual(phraseKeys(bytes), { root, recovery: recoveryKey(bytes) })
  const message = new Uint8Array([1])
  assert.ok(isSignatureValid(sign(message, root.secretKey), message, root.publicKey))
})

test("the root's secret key starts with the seed that makes it again", () => {
  const root = rootKeyPair(entropyOf(3))
  assert.deepEqual(keyPairFromSeed(root.secretKey.slice(0, 32)), root)
})
