import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emojiName } from '../../../src/host/safety/emojiName.ts'
import { safetyCard } from '../../../src/host/safety/safetyCard.ts'
import type { SafetyState } from '../../../src/host/safety/safetyCard.ts'
import type { PersonId } from '../../../src/shared/ids.ts'
import type { Card, CardPart } from '../../../src/shared/card.ts'
import type { Comparison, ComparisonOutcome } from '../../../src/shared/safety.ts'
import { safetyEmoji } from '../../../src/shared/safety.ts'
import { plainEnglish } from '../plainEnglish.ts'

const person = 'ab'.repeat(32) as PersonId
const member = { person, name: 'Bob', verified: false } as const

const cardOf = (part: Partial<SafetyState> = {}): Card =>
  safetyCard(
    { member, number: '1234567890'.repeat(6), code: 'TINCAN:1:AB', online: true, comparison: undefined, ...part },
    plainEnglish,
  )
const partsOf = (card: Card): readonly CardPart[] => card.sections.flatMap(({ parts }) => parts)
const offered = (card: Card): string[] =>
  partsOf(card).flatMap((part) =>
    part.kind === 'actions' ? part.actions.flatMap(({ id, disabled }) => (disabled === true ? [] : [id])) : [],
  )
const tones = (card: Card): string[] => partsOf(card).flatMap((part) => (part.kind === 'status' ? [part.tone] : []))

test('the card has the digits in groups, a square code and every way to compare', () => {
  const card = cardOf()
  const digits = partsOf(card).find((part) => part.kind === 'digits')
  assert.equal(digits?.groups.length, 12)
  assert.ok(digits.groups.every((group) => /^\d{5}$/.test(group)))
  const qr = partsOf(card).find((part) => part.kind === 'qr')
  assert.ok(qr !== undefined && qr.rows.length >= 21 && qr.rows.every((row) => row.length === qr.rows.length))
  assert.deepEqual(offered(card), ['compare', 'copy', 'verify', 'scan'])
})

test('whoever is verified can be marked otherwise, and whoever is offline or blocked is not compared with live', () => {
  assert.deepEqual(offered(cardOf({ member: { ...member, verified: true } })), ['compare', 'copy', 'unverify', 'scan'])
  assert.deepEqual(offered(cardOf({ online: false })), ['copy', 'verify', 'scan'])
  assert.deepEqual(offered(cardOf({ member: { ...member, blocked: true } })), ['copy', 'verify', 'scan'])
})

test('each step of a live comparison offers what can be done then', () => {
  const emoji = [0, 1, 2, 3, 4, 5, 63]
  const steps: readonly (readonly [Comparison, readonly string[]])[] = [
    [{ kind: 'asked' }, ['compare', 'cancel']],
    [{ kind: 'started' }, ['cancel']],
    [{ kind: 'shown', emoji }, ['same', 'different', 'cancel']],
    [{ kind: 'shown', emoji, theirs: 'same' }, ['same', 'different', 'cancel']],
    [{ kind: 'shown', emoji, own: 'same' }, ['cancel']],
    [{ kind: 'ended', outcome: 'same' }, []],
    [{ kind: 'ended', outcome: 'different' }, ['compare']],
  ]
  for (const [comparison, actions] of steps)
    assert.deepEqual(offered(cardOf({ comparison })), [...actions, 'copy', 'verify', 'scan'], comparison.kind)
  const shown = partsOf(cardOf({ comparison: { kind: 'shown', emoji } })).find((part) => part.kind === 'emoji')
  assert.deepEqual(
    shown?.emoji.map(({ name }) => name),
    ['Dog', 'Cat', 'Lion', 'Horse', 'Pig', 'Elephant', 'Compass'],
  )
})

test('what may be an attack is said as one, and what is an accident is not', () => {
  const toneOf = (outcome: ComparisonOutcome): string | undefined =>
    tones(cardOf({ comparison: { kind: 'ended', outcome } })).at(-1)
  for (const outcome of ['different', 'broken'] as const) assert.equal(toneOf(outcome), 'bad')
  for (const outcome of ['cancelled', 'cancelled-by-them', 'lost', 'late'] as const)
    assert.equal(toneOf(outcome), 'plain')
  assert.equal(toneOf('same'), 'good')
})

test('every emoji has a name of its own', () => {
  const names = safetyEmoji.map((_, number) => emojiName(number, plainEnglish))
  assert.ok(names.every((name) => name !== ''))
  assert.equal(new Set(names).size, safetyEmoji.length)
})

test('a name that deceives is shown for what it is', () => {
  const card = cardOf({ member: { ...member, name: 'Bob\u202e\n\u0007' } })
  assert.doesNotMatch(JSON.stringify(card), /\\u202e|\\u0007|\u202e/)
})
