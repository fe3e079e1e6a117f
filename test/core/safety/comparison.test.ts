import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Comparison } from '../../../src/core/safety/comparison.ts'
import type { ComparisonStep } from '../../../src/core/safety/comparisonStep.ts'
import type { ComparedEnd } from '../../../src/core/safety/shortString.ts'
import { commitmentOf, shortString } from '../../../src/core/safety/shortString.ts'
import { comparedEmoji, safetyEmoji } from '../../../src/shared/safety.ts'

const filled = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
const alice: ComparedEnd = { person: filled(1), device: filled(2) }
const bob: ComparedEnd = { person: filled(3), device: filled(4) }
const mallory: ComparedEnd = { person: filled(5), device: filled(6) }

interface End {
  readonly comparison: Comparison
  readonly sent: ComparisonStep[]
}

function end(own: ComparedEnd, theirs: ComparedEnd, nonce: Uint8Array, handshakeHash = filled(9)): End {
  const sent: ComparisonStep[] = []
  return { sent, comparison: new Comparison({ own, theirs, handshakeHash, nonce, send: (step) => sent.push(step) }) }
}

/** Brings everything that is said to the other end, until nothing more is. */
function carry(a: End, b: End): void {
  while (a.sent.length + b.sent.length > 0) {
    for (const step of a.sent.splice(0)) b.comparison.receive(step)
    for (const step of b.sent.splice(0)) a.comparison.receive(step)
  }
}

const pair = (): [End, End] => [end(alice, bob, filled(7)), end(bob, alice, filled(8))]

test('both see the same seven emoji, whoever starts, and only once both have started', () => {
  for (const isReversed of [false, true]) {
    const [a, b] = pair()
    const [first, second] = isReversed ? [b, a] : [a, b]
    first.comparison.start()
    carry(a, b)
    assert.deepEqual([first.comparison.view, second.comparison.view], [{ kind: 'started' }, { kind: 'asked' }])
    second.comparison.start()
    carry(a, b)
    const { view } = a.comparison
    assert.ok(view.kind === 'shown')
    assert.equal(view.emoji.length, comparedEmoji)
    assert.ok(view.emoji.every((one) => safetyEmoji[one] !== undefined))
    assert.deepEqual(b.comparison.view, view)
  }
})

test('it is over with success only when both say that they see the same', () => {
  const [a, b] = pair()
  a.comparison.start()
  b.comparison.start()
  carry(a, b)
  a.comparison.judge('same')
  carry(a, b)
  assert.equal(a.comparison.isOver, false)
  assert.ok(b.comparison.view.kind === 'shown' && b.comparison.view.theirs === 'same')
  b.comparison.judge('same')
  carry(a, b)
  for (const { comparison } of [a, b]) assert.deepEqual(comparison.view, { kind: 'ended', outcome: 'same' })
})

test('whoever sees other emoji, gives up or lets it lie is heard by the other side', () => {
  for (const [act, here, there] of [
    [(one: Comparison) => one.judge('different'), 'different', 'different'],
    [(one: Comparison) => one.judge('cancelled'), 'cancelled', 'cancelled-by-them'],
    [(one: Comparison) => one.expire(), 'late', 'cancelled-by-them'],
  ] as const) {
    const [a, b] = pair()
    a.comparison.start()
    b.comparison.start()
    carry(a, b)
    act(a.comparison)
    carry(a, b)
    assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: here })
    assert.deepEqual(b.comparison.view, { kind: 'ended', outcome: there })
  }
})

test('nobody can say that they see the same before there is anything to see', () => {
  const [a, b] = pair()
  a.comparison.start()
  a.comparison.judge('same')
  carry(a, b)
  assert.deepEqual(a.comparison.view, { kind: 'started' })
  a.comparison.receive({ kind: 'end', verdict: 'same' })
  assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: 'broken' })
})

test('a nonce is revealed to nobody who has not committed to one', () => {
  const [a] = pair()
  a.comparison.start()
  assert.deepEqual(
    a.sent.map(({ kind }) => kind),
    ['commit'],
  )
  a.comparison.receive({ kind: 'reveal', nonce: filled(8) })
  assert.deepEqual(
    a.sent.map(({ kind }) => kind),
    ['commit', 'end'],
  )
  assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: 'broken' })
})

test('another nonce than the one committed to, a second commitment and a second nonce end it', () => {
  const commitment = commitmentOf(filled(8), bob, alice, filled(9))
  const wrong: readonly (readonly ComparisonStep[])[] = [
    [
      { kind: 'commit', commitment },
      { kind: 'reveal', nonce: filled(88) },
    ],
    [
      { kind: 'commit', commitment },
      { kind: 'commit', commitment },
    ],
    [
      { kind: 'commit', commitment },
      { kind: 'reveal', nonce: filled(8) },
      { kind: 'reveal', nonce: filled(8) },
    ],
  ]
  for (const steps of wrong) {
    const [a] = pair()
    a.comparison.start()
    for (const step of steps) a.comparison.receive(step)
    assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: 'broken' })
  }
})

test('what one says is worth nothing when it is sent back, also with a commitment of its own', () => {
  const [a] = pair()
  a.comparison.start()
  for (const step of a.sent.splice(0)) a.comparison.receive(step)
  assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: 'broken' })

  const [b] = pair()
  b.comparison.start()
  // Bob's commitment to the very nonce that Alice will reveal.
  b.comparison.receive({ kind: 'commit', commitment: commitmentOf(filled(7), bob, alice, filled(9)) })
  b.comparison.receive({ kind: 'reveal', nonce: filled(7) })
  assert.deepEqual(b.comparison.view, { kind: 'ended', outcome: 'broken' })
})

test('what was said on another link, to somebody else or by somebody else is worth nothing on this one', () => {
  for (const [by, to, handshakeHash] of [
    [bob, alice, filled(10)],
    [bob, mallory, filled(9)],
    [mallory, alice, filled(9)],
  ] as const) {
    const [a] = pair()
    a.comparison.start()
    a.comparison.receive({ kind: 'commit', commitment: commitmentOf(filled(8), by, to, handshakeHash) })
    a.comparison.receive({ kind: 'reveal', nonce: filled(8) })
    assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: 'broken' })
  }
})

test('nothing that comes once it is over changes how it ended', () => {
  const [a, b] = pair()
  a.comparison.start()
  b.comparison.start()
  carry(a, b)
  a.comparison.judge('different')
  a.comparison.receive({ kind: 'end', verdict: 'same' })
  a.comparison.judge('same')
  assert.deepEqual(a.comparison.view, { kind: 'ended', outcome: 'different' })
})

test('somebody in between, with links of its own to both, does not get both to see the same', () => {
  fc.assert(
    fc.property(bytes, bytes, bytes, bytes, bytes, (ofAlice, ofBob, toAlice, toBob, otherHash) => {
      fc.pre(Buffer.compare(otherHash, filled(9)) !== 0)
      const seenByAlice = shortString(
        { ...alice, nonce: ofAlice },
        { person: bob.person, device: mallory.device, nonce: toAlice },
        filled(9),
      )
      const seenByBob = shortString(
        { ...bob, nonce: ofBob },
        { person: alice.person, device: mallory.device, nonce: toBob },
        otherHash,
      )
      assert.notDeepEqual(seenByAlice, seenByBob)
    }),
    { numRuns: 300 },
  )
})

test('one changed bit of a nonce, of a key or of the handshake gives other emoji', () => {
  const ends = fc.record({ person: bytes, device: bytes, nonce: bytes })
  fc.assert(
    fc.property(
      ends,
      ends,
      bytes,
      fc.constantFrom('person', 'device', 'nonce', 'handshake'),
      fc.nat(255),
      (a, b, handshakeHash, what, bit) => {
        const flipped = (value: Uint8Array): Uint8Array =>
          value.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
        const changed = what === 'handshake' ? b : { ...b, [what]: flipped(b[what]) }
        const hash = what === 'handshake' ? flipped(handshakeHash) : handshakeHash
        assert.notDeepEqual(shortString(a, changed, hash), shortString(a, b, handshakeHash))
        assert.deepEqual(shortString(a, b, handshakeHash), shortString(b, a, handshakeHash))
      },
    ),
    { numRuns: 300 },
  )
})

test('there are 64 emoji, and no two of them are alike', () => {
  assert.equal(safetyEmoji.length, 64)
  assert.equal(new Set(safetyEmoji).size, 64)
})
