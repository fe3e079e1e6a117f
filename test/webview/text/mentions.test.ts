import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { maxMentions } from '../../../src/shared/rooms.ts'
import { completeMention, completionAt } from '../../../src/webview/text/completeMention.ts'
import { findMentions, mentionedIn, mentionLabel } from '../../../src/webview/text/mentions.ts'
import { ada, bob, bobby, carol, member, roomMembers } from '../harness/fixtures.ts'

const named = (text: string): readonly string[] =>
  findMentions(text, roomMembers).map(({ start, end }) => text.slice(start, end))

describe('mentions in a text', () => {
  it('are names behind an @, whatever their case and what follows, as long as it is no part of the name', () => {
    assert.deepEqual(named("@Ada, (@ada) and @ADA's"), ['@Ada', '@ada', '@ADA'])
    assert.deepEqual(named('@Adam @ada_ @ada1 mail@ada.org a@Ada @Nobody @ Ada'), [])
  })

  it('take the longest name that fits', () => {
    const ann = member({ person: carol, name: 'Ann' })
    const annLee = member({ person: bob, name: 'Ann Lee' })
    const found = findMentions('@Ann Lee and @Ann Leed', [ann, annLee])
    assert.deepEqual(
      found.map(({ people }) => people),
      [[bob], [carol]],
    )
  })

  it('tell people with like names apart by part of their keys, and mean all who bear a bare name', () => {
    const twin = member({ person: bobby, name: 'Bob', looksLikeAnother: true })
    const original = member({ person: bob, name: 'Bob', looksLikeAnother: true })
    assert.equal(mentionLabel(original), 'Bob#b0b32222')
    assert.deepEqual(mentionedIn('@Bob#b0b32222 look', [original, twin]), [bob])
    assert.deepEqual(mentionedIn('@Bob look', [original, twin]), [bob, bobby])
  })

  it('count each person once, not what stands in code, and no more than a message may mention', () => {
    assert.deepEqual(mentionedIn('@Ada @Ada `@Bob` and\n```\n@Carol Ann\n```', roomMembers), [ada])
    const many = Array.from({ length: 100 }, (_, index) =>
      member({ name: `p${String(index)}`, person: index.toString(16).padStart(64, '0') as typeof bob }),
    )
    assert.equal(mentionedIn(many.map(({ name }) => `@${name}`).join(' '), many).length, maxMentions)
  })

  it('never overlap, are in order, and stand where an @ is, in any text', () => {
    const pieces = fc.constantFrom('@', 'Ada', 'Bob', '#b0b32222', ' ', 'x', '\u{1F600}', 'Carol Ann', '`', '\uD83D')
    fc.assert(
      fc.property(
        fc.array(pieces).map((parts) => parts.join('')),
        (text) => {
          let end = 0
          for (const mention of findMentions(text, roomMembers)) {
            assert.ok(mention.start >= end && mention.end > mention.start)
            assert.equal(text[mention.start], '@')
            end = mention.end
          }
        },
      ),
    )
  })
})

describe('completing a mention', () => {
  const offered = (text: string, caret = text.length): readonly string[] =>
    completionAt(text, caret, roomMembers)?.members.map(mentionLabel) ?? []

  it('offers the others by what is typed of their names, in any part of the name, without case or accents', () => {
    assert.deepEqual(offered('@'), ['Bob#b0b32222', 'Carol Ann', 'B\u043Eb#e71c4444'])
    assert.deepEqual(offered('hi @ca'), ['Carol Ann'])
    assert.deepEqual(offered('@ANN'), ['Carol Ann'])
    assert.deepEqual(
      completionAt('@jo', 3, [member({ name: 'José' })])?.members.map(({ name }) => name),
      ['José'],
    )
  })

  it('offers nobody for oneself, for an address, behind a space or a line break, or where a name is complete', () => {
    for (const text of ['@ada', 'me@c', '@ c', '@c\nx', 'no sign', '@zzz', '@Carol Ann', '@Carol Ann x']) {
      assert.deepEqual(offered(text), [], text)
    }
  })

  it('looks at the caret and not at the end of the text', () => {
    assert.deepEqual(offered('@ca and more', 3), ['Carol Ann'])
    assert.deepEqual(offered('@ca and more'), [])
  })

  it('puts the label in place of what was typed, with one space behind it', () => {
    const complete = (text: string, caret: number): string => {
      const completion = completionAt(text, caret, roomMembers)
      const [first] = completion?.members ?? []
      assert.ok(completion !== undefined && first !== undefined)
      const done = completeMention(text, completion, first)
      return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`
    }
    assert.equal(complete('hi @ca', 6), 'hi @Carol Ann |')
    assert.equal(complete('@ca, hello', 3), '@Carol Ann |, hello')
    assert.equal(complete('@ca hello', 3), '@Carol Ann| hello')
  })

  it('gives a text in which the chosen one is mentioned, whoever it is', () => {
    for (const one of roomMembers.filter(({ isSelf }) => !isSelf)) {
      const completion = completionAt('@', 1, roomMembers)
      assert.ok(completion !== undefined)
      assert.deepEqual(mentionedIn(completeMention('@', completion, one).text, roomMembers), [one.person])
    }
  })
})
