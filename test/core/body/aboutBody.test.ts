/** The bodies that say something about another message, and what stands before a message that answers one. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isAbout } from '../../../src/core/body/aboutBody.ts'
import { decodeBody, encodeBody, type WireBody } from '../../../src/core/body/messageBody.ts'
import { concat, fromHex, toHex } from '../../../src/core/codec/bytes.ts'
import { Writer } from '../../../src/core/codec/codec.ts'
import { maxEdits, maxReactions } from '../../../src/shared/messages.ts'
import { maxMentions } from '../../../src/shared/rooms.ts'
import { maxTextBytes } from '../../../src/shared/service.ts'
import type { MessageId, PersonId } from '../../../src/shared/ids.ts'
import { count } from '../../record/tally.ts'
import { extended, truncations, withHostileBytes } from '../codec/hostileBytes.ts'
import { sendBody } from './sendBody.ts'

const newer = { kind: 'unreadable', why: 'newer' }
const damaged = { kind: 'unreadable', why: 'damaged' }
const hex = (text: string): Uint8Array => fromHex(text) ?? assert.fail(text)
const [a, b] = ['a0'.repeat(38), 'b1'.repeat(38)] as [MessageId, MessageId]
const person = 'c2'.repeat(32) as PersonId

const vectors: readonly (readonly [WireBody, string])[] = [
  [{ kind: 'text', text: 'hé', replyTo: a }, `010a01${a}0000010368c3a9`],
  [{ kind: 'text', text: 'hé', thread: a }, `010a0001${a}00010368c3a9`],
  [{ kind: 'text', text: 'hé', replyTo: a, thread: b }, `010a01${a}01${b}00010368c3a9`],
  [{ kind: 'text', text: 'hé', forwarded: true }, '010a000001010368c3a9'],
  [{ kind: 'text', text: 'x', mentions: [person], replyTo: a }, `010a01${a}000003017801${person}`],
  [{ kind: 'snippet', language: 'c', text: 'x', replyTo: a }, `010a01${a}0000020163017800000000`],
  [{ kind: 'patch', text: 'x', forwarded: true }, '010a00000105017800000000'],
  [{ kind: 'edit', message: a, text: 'hé' }, `010b${a}0368c3a900`],
  [{ kind: 'edit', message: a, text: 'x', mentions: [person] }, `010b${a}017801${person}`],
  [{ kind: 'erase', message: a, edits: [] }, `010c${a}00`],
  [{ kind: 'erase', message: a, edits: [b] }, `010c${a}01${b}`],
  [{ kind: 'reaction', message: a, emoji: [] }, `010d${a}00`],
  [{ kind: 'reaction', message: a, emoji: ['👍', '❤️'] }, `010d${a}0204f09f918d06e29da4efb88f`],
]

test('the bytes of an answer and of what is said about a message never change for version 1', () => {
  for (const [body, bytes] of vectors) {
    assert.equal(toHex(encodeBody(body)), bytes)
    assert.deepEqual(decodeBody(hex(bytes)), body)
  }
})

const messageId = fc.constantFrom(a, b)
const place = fc
  .record(
    { replyTo: messageId, thread: messageId, forwarded: fc.constant(true as const) },
    { requiredKeys: [], noNullPrototype: true },
  )
  .filter((fields) => Object.keys(fields).length > 0)
const placed: fc.Arbitrary<WireBody> = fc.tuple(sendBody, place).map(([body, fields]) => ({ ...body, ...fields }))
const about: fc.Arbitrary<WireBody> = fc.oneof(
  fc.tuple(messageId, sendBody).map(([message, { text }]): WireBody => ({ kind: 'edit', message, text })),
  fc.constantFrom([], [a], [a, b]).map((edits): WireBody => ({ kind: 'erase', message: a, edits })),
  fc.uniqueArray(fc.constantFrom('👍', '🎉', '❤️', '👨‍👩‍👧', '🇩🇪', '1️⃣'), { maxLength: 6 }).map((emoji): WireBody => ({
    kind: 'reaction',
    message: b,
    emoji,
  })),
)

test('every answer, wording, deletion and reaction comes back as it was', () => {
  fc.assert(fc.property(fc.oneof(placed, about), (body) => assert.deepEqual(decodeBody(encodeBody(body)), body)))
})

test('whatever bytes they have, they are unreadable or the one encoding of a body that could be written', () => {
  let readable = 0
  for (const [body, bytes] of vectors)
    withHostileBytes(hex(bytes), (hostile) => {
      const read = decodeBody(hostile)
      if (read.kind === 'unreadable') return
      readable++
      assert.deepEqual(encodeBody(read), hostile)
      assert.ok(isAbout(read) === isAbout(body) || hostile[1] !== encodeBody(body)[1])
    })
  assert.ok(readable > 100, 'some of them did decode')
})

test('cut off or with something behind them they are damaged', () => {
  for (const [, bytes] of vectors)
    for (const wrong of [...truncations(hex(bytes)), extended(hex(bytes))]) assert.deepEqual(decodeBody(wrong), damaged)
})

test('what nobody may write is damaged: blank, doubled, no emoji, invalid UTF-8, or a place that says nothing', () => {
  const about = (kind: number): Writer => new Writer().uint8(1).uint8(kind).fixed(hex(a))
  const texts = (texts: readonly Uint8Array[]): Uint8Array => {
    const writer = about(13).uint(texts.length)
    for (const bytes of texts) writer.bytes(bytes)
    return writer.finish()
  }
  const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
  const wrong = [
    about(11).string(' \n').uint(0).finish(),
    about(11).string('').uint(0).finish(),
    // A lone surrogate, an overlong NUL, and half of a letter, as bytes.
    ...['eda080', 'c080', 'c3', 'ff'].map((bytes) => about(11).bytes(hex(bytes)).uint(0).finish()),
    about(11).string('x').uint(2).fixed(hex(person)).fixed(hex(person)).finish(),
    about(12).uint(2).fixed(hex(b)).fixed(hex(b)).finish(),
    texts([utf8('👍'), utf8('👍')]),
    ...['', ' ', 'x', '<b>', '👍👍', '👍\u0000', '\u202e', '__proto__'].map((text) => texts([utf8(text)])),
    texts([hex('eda080')]),
    hex('010a000000010178'),
    hex(`010a02${a}0000010178`),
  ]
  for (const bytes of wrong) assert.deepEqual(decodeBody(bytes), damaged, toHex(bytes))
  count({ badInputs: wrong.length })
  assert.equal(decodeBody(about(11).string('NUL \u0000 is a character').uint(0).finish()).kind, 'edit')
})

test('a place stands before a message alone: not before another place, and not before what is about others', () => {
  const before = hex(`0a01${a}0000`)
  for (const rest of [concat(before, hex('010178')), hex(`0b${a}017800`), hex(`0c${a}00`), hex(`0d${a}00`)])
    assert.deepEqual(decodeBody(concat(hex('01'), before, rest)), newer)
  let deep = hex('010178')
  for (let i = 0; i < 700; i++) deep = concat(before, deep)
  assert.deepEqual(decodeBody(concat(hex('01'), deep)), newer)
})

/** A body of each bound, written as somebody does who keeps to none. */
const bounds: readonly (readonly [string, number, (size: number) => Uint8Array])[] = [
  ['bytes of a wording', maxTextBytes, (size) => encodeBody({ kind: 'edit', message: a, text: 'x'.repeat(size) })],
  [
    'people whom a wording names',
    maxMentions,
    (size) => {
      const mentions = Array.from({ length: size }, (_, i) => i.toString(16).padStart(64, '0') as PersonId)
      return encodeBody({ kind: 'edit', message: a, text: 'x', mentions })
    },
  ],
  [
    'wordings that a deletion names',
    maxEdits,
    (size) => {
      const edits = Array.from({ length: size }, (_, i) => i.toString(16).padStart(76, '0') as MessageId)
      return encodeBody({ kind: 'erase', message: a, edits })
    },
  ],
  [
    'emoji of one person',
    maxReactions,
    (size) => {
      const emoji = Array.from(
        { length: size },
        (_, i) => String.fromCodePoint(0x1f600 + (i % 79)) + '\u{1f3fb}'.repeat(i >= 79 ? 1 : 0),
      )
      return encodeBody({ kind: 'reaction', message: a, emoji })
    },
  ],
]
for (const [what, bound, bodyOf] of bounds)
  test(`${String(bound)} ${what} are taken, one more and a hundred times as many are not`, () => {
    assert.notEqual(decodeBody(bodyOf(bound)).kind, 'unreadable')
    for (const size of [bound + 1, 100 * bound]) assert.deepEqual(decodeBody(bodyOf(size)), damaged)
    count({ badInputs: 2 })
  })

test('each kind of today is read, under each later version and under each number of a later kind it needs a newer Tincan', () => {
  const known = new Map(vectors.map(([, bytes]) => [hex(bytes)[1], hex(bytes)]))
  for (let kind = 1; kind < 256; kind++) {
    const today = known.get(kind)
    const fields = (today ?? hex(`010b${a}017800`)).subarray(2)
    for (const version of [2, 3, 255])
      assert.deepEqual(decodeBody(concat(new Uint8Array([version, kind]), fields)), newer)
    const isAssigned =
      (kind >= 1 && kind <= 6) || (kind >= 10 && kind <= 13) || (kind >= 20 && kind <= 22) || kind === 30
    const read = decodeBody(concat(new Uint8Array([1, kind]), fields))
    if (today !== undefined) assert.notEqual(read.kind, 'unreadable')
    else if (!isAssigned) assert.deepEqual(read, newer)
    assert.deepEqual(decodeBody(concat(new Uint8Array([0, kind]), fields)), damaged)
  }
  count({ badInputs: 255 * 4 })
})
