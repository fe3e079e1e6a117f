import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concat } from '../../../src/core/codec/bytes.ts'
import { accountOf, type Account } from '../../../src/core/identity/account.ts'
import { introductionOf } from '../../../src/core/invite/introduction.ts'
import {
  encodeJoin,
  encodeJoined,
  encodePending,
  encodeRefused,
  encodeWelcome,
  isJoined,
  joinerKeyPair,
  parseAnswer,
  parseJoin,
  type Answer,
  type RefusalCode,
} from '../../../src/core/invite/inviteMessage.ts'
import { bitFlips, truncations, withHostileBytes } from '../codec/hostileBytes.ts'
import { samplePair, samplePeer } from '../link/samplePeers.ts'

const secret = new Uint8Array(32).fill(1)
const otherSecret = new Uint8Array(32).fill(2)
const secrets = { syncSecret: new Uint8Array(32).fill(3), epochKey: new Uint8Array(32).fill(4) }

function account(fill: number, name: string): Account {
  const { root, device, deviceList } = samplePeer(fill)
  const seedOf = (key: Uint8Array): Uint8Array => key.slice(0, 32)
  const addressSecret = new Uint8Array(32).fill(fill)
  const sealed = {
    name,
    rootSeed: seedOf(root.secretKey),
    deviceSeed: seedOf(device.secretKey),
    addressSecret,
    deviceList,
    generation: 0,
    formerDevices: [],
  }
  return accountOf(sealed, new Uint8Array(32))
}
const alice = account(80, 'Alice')
const bob = account(90, 'Bob')
const { near, far } = samplePair()

const join = (own = bob, connection = near, known = secret): ReturnType<typeof encodeJoin> =>
  encodeJoin(introductionOf(own, 7), known, own.device.secretKey, connection)
const welcome = (transcript: Uint8Array, known = secret, own = alice): Uint8Array =>
  encodeWelcome(introductionOf(own, 8), secrets, transcript, known, own.device.secretKey)

test('a join says who comes, and a welcome who answers and what both share', () => {
  const { bytes, transcript } = join()
  const parsed = parseJoin(bytes, secret, far)
  assert.ok(parsed.kind === 'ok')
  assert.deepEqual(parsed.joiner, introductionOf(bob, 7))
  assert.deepEqual(parsed.transcript, transcript)
  assert.deepEqual(parseAnswer(welcome(parsed.transcript), transcript, secret), {
    type: 'welcome',
    inviter: introductionOf(alice, 8),
    secrets,
  })
})

test('a captured join is worth nothing on another connection, reflected, or without the secret', () => {
  const { bytes } = join()
  assert.equal(parseJoin(bytes, secret, samplePair(1).far).kind, 'wrong-proof')
  assert.equal(
    parseJoin(bytes, secret, near).kind,
    'ok',
    'the transcript names initiator and responder, not the reader',
  )
  assert.equal(parseJoin(bytes, otherSecret, far).kind, 'wrong-proof')
  assert.equal(parseJoin(join(bob, near, otherSecret).bytes, secret, far).kind, 'wrong-proof')
})

test('who knows the secret cannot come as somebody else', () => {
  const { bytes } = encodeJoin(introductionOf(alice, 7), secret, bob.device.secretKey, near)
  assert.equal(parseJoin(bytes, secret, far).kind, 'wrong-proof')
})

test('a join with any bit changed, cut or longer is refused', () => {
  const { bytes } = join()
  for (const changed of [...bitFlips(bytes), ...truncations(bytes), concat(bytes, new Uint8Array(1))])
    assert.notEqual(parseJoin(changed, secret, far).kind, 'ok')
  withHostileBytes(bytes.slice(0, 120), (hostile) => {
    assert.notEqual(parseJoin(hostile, secret, far).kind, 'ok')
  })
})

test('a join of a later version is told from a wrong one', () => {
  const bytes = join().bytes.slice()
  bytes[1 + 96] = 2
  assert.equal(parseJoin(bytes, secret, far).kind, 'newer')
})

test('a welcome answers one join only, and needs the secret and the key of whoever it names', () => {
  const { transcript } = join()
  const other = join(bob, samplePair(1).near)
  assert.equal(parseAnswer(welcome(other.transcript), transcript, secret), undefined)
  assert.equal(parseAnswer(welcome(transcript, otherSecret), transcript, secret), undefined)
  const impostor = encodeWelcome(introductionOf(alice, 8), secrets, transcript, secret, bob.device.secretKey)
  assert.equal(parseAnswer(impostor, transcript, secret), undefined)
  // The join itself, sent back, is no welcome.
  const reflected = join().bytes.slice()
  reflected[0] = 2
  assert.equal(parseAnswer(reflected, transcript, secret), undefined)
})

test('a welcome with any bit changed, cut or longer is refused', () => {
  const { transcript } = join()
  const bytes = welcome(transcript)
  for (const changed of [...bitFlips(bytes), ...truncations(bytes), concat(bytes, new Uint8Array(1))])
    assert.notEqual(parseAnswer(changed, transcript, secret)?.type, 'welcome')
})

test('short answers come out as they went in, and are whole or nothing', () => {
  const { transcript } = join()
  const parse = (bytes: Uint8Array): Answer | undefined => parseAnswer(bytes, transcript, secret)
  assert.deepEqual(parse(encodePending()), { type: 'pending' })
  const codes: RefusalCode[] = [
    'invite-expired',
    'invite-used',
    'invite-revoked',
    'invite-refused',
    'wrong-proof',
    'newer',
  ]
  codes.forEach((code, i) => {
    assert.deepEqual(encodeRefused(code), new Uint8Array([3, i]))
    assert.deepEqual(parse(encodeRefused(code)), { type: 'refused', code })
  })
  for (const bytes of [[], [0], [1, 0], [3], [3, 6], [3, 0, 0], [4], [99]])
    assert.equal(parse(new Uint8Array(bytes)), undefined)
  assert.equal(isJoined(encodeJoined()), true)
  for (const bytes of [[], [3], [4, 0]]) assert.equal(isJoined(new Uint8Array(bytes)), false)
})

test("the caller's key of an invite follows from its secret alone", () => {
  assert.deepEqual(joinerKeyPair(secret), joinerKeyPair(secret.slice()))
  assert.notDeepEqual(joinerKeyPair(secret).publicKey, joinerKeyPair(otherSecret).publicKey)
})
