import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeLetter, encodeLetter, type Letter } from '../../../src/core/letter/letter.ts'
import { readWelcome, writeWelcome, type RoomWelcome } from '../../../src/core/rooms/roomWelcome.ts'
import { SimulatedMember } from '../room/simulatedMember.ts'
import { withHostileBytes } from '../codec/hostileBytes.ts'
import { sampleIntroduction } from '../link/samplePeers.ts'

const introduction = sampleIntroduction(41)
const key = new Uint8Array(32).fill(1)
const request = new Uint8Array(16).fill(2)
const offer = {
  room: key,
  invite: key,
  title: 'Team',
  topic: '',
  role: 'member',
  history: 'from-now',
  memberCount: 3,
  expiresAt: 9,
} as const
const letters: readonly Letter[] = [
  { type: 'offer', offer },
  { type: 'withdraw', invite: key },
  { type: 'answer', invite: key, accept: true },
  { type: 'welcome', welcome: new Uint8Array([1, 2, 3]) },
  { type: 'ask', request, room: key, introduction },
  { type: 'reply', request },
  { type: 'reply', request, yes: { introduction, secrets: { syncSecret: key, epochKey: key } } },
  { type: 'introduce', request, introduced: key, name: 'Zoë' },
  { type: 'consent', request, accept: false },
  { type: 'introduced', request, introduction },
  { type: 'lost', token: key },
  { type: 'regain', welcome: new Uint8Array([1, 2, 3]) },
]

test('every letter comes out as it went in, and one of a later kind is none', () => {
  for (const letter of letters) assert.deepEqual(decodeLetter(encodeLetter(letter)), letter)
  assert.equal(decodeLetter(new Uint8Array([200])), undefined)
  assert.equal(decodeLetter(new Uint8Array()), undefined)
})

test('an offer of ownership is no offer', () => {
  const bytes = encodeLetter({ type: 'offer', offer })
  const role = bytes.length - 4
  assert.equal(bytes[role], 2)
  bytes[role] = 0
  assert.equal(decodeLetter(bytes), undefined)
})

test('whatever bytes a letter has, reading it ends in a letter or in none', () => {
  for (const valid of letters)
    withHostileBytes(encodeLetter(valid), (bytes) => {
      const letter = decodeLetter(bytes)
      if (letter !== undefined) assert.deepEqual(decodeLetter(encodeLetter(letter)), letter)
    })
})

test('a welcome to a room comes out as it went in, and is refused without a key', () => {
  const held = fc.record(
    {
      kind: fc.constantFrom('whole' as const, 'control' as const),
      bytes: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    },
    { noNullPrototype: true },
  )
  const floor = fc.record(
    { device: fc.uint8Array({ minLength: 32, maxLength: 32 }), seq: fc.nat() },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(
      fc.array(held, { maxLength: 5 }),
      fc.array(floor, { maxLength: 5 }),
      fc.nat(2),
      (keys, floors, count) => {
        const members = [1, 2].slice(0, count).map((seed) => new SimulatedMember(`Member ${seed}`, seed).record)
        const welcome: RoomWelcome = {
          room: key,
          secret: key,
          title: 'Team',
          invite: key,
          clock: 7,
          keys,
          floors,
          members,
        }
        assert.deepEqual(readWelcome(writeWelcome(welcome)), keys.length === 0 ? undefined : welcome)
      },
    ),
  )
})
