/** Bodies that may be sent, of every shape. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { maxHunks } from '../../../src/shared/code.ts'
import type { MessageId } from '../../../src/shared/ids.ts'
import type { PatchBody, SendBody, SnippetBody, WrittenBody } from '../../../src/shared/service.ts'

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }).filter((value) => value.trim() !== '')
const characters = (of: string, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...of), minLength: 1, maxLength })

const language = characters('abzABZ019_.+#-', 64)
const segment = characters('aé😀 .:@-', 12).filter((name) => !/^(\.\.?|[A-Za-z]:.*)$/.test(name))
const path = fc.array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join('/'))
const lines = fc
  .tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.integer({ min: 1, max: 10_000_000 }))
  .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }))
const remote = fc
  .tuple(fc.constantFrom('https://h/', 'ssh://git@h.example:22/', 'git@h.example:'), characters('ab/é-_.@', 30))
  .map(([start, rest]) => start + rest)
const commit = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 7, maxLength: 64 })
const branch = fc.constantFrom('main', 'feature/été-1', 'a@b', 'x'.repeat(255))
const git = fc
  .record({ remote, commit, branch }, { requiredKeys: [], noNullPrototype: true })
  .filter((origin) => Object.keys(origin).length > 0)
const around = fc.string({ unit: 'binary', maxLength: 60 })
const context = fc
  .record({ before: around, after: around }, { noNullPrototype: true })
  .filter(({ before, after }) => before + after !== '')
const title = characters('aé😀 .:', 40).filter((value) => value.trim() !== '')
const withHash = (body: SnippetBody): SnippetBody => ({
  ...body,
  hash: createHash('sha256').update(body.text).digest('hex'),
})

/** Any text, snippet or patch within the bounds. */
export const sendBody: fc.Arbitrary<SendBody> = fc.oneof(
  text.map((value): SendBody => ({ kind: 'text', text: value })),
  fc
    .record(
      { language, text, path, lines, git, context },
      { requiredKeys: ['language', 'text'], noNullPrototype: true },
    )
    .chain((fields) => {
      const body: SnippetBody = { kind: 'snippet', ...fields }
      return fc.constantFrom(body, withHash(body))
    }),
  fc
    .record({ text, title, git }, { requiredKeys: ['text'], noNullPrototype: true })
    .map((fields): PatchBody => ({ kind: 'patch', ...fields })),
)

const hunks = fc
  .tuple(fc.nat(maxHunks), fc.nat(maxHunks))
  .map(([a, b]) => ({ applied: Math.min(a, b), of: Math.max(a, b) }))

/** Any body that a device may write. */
export const writtenBody: fc.Arbitrary<WrittenBody> = fc.oneof(
  sendBody,
  fc
    .record(
      {
        patch: characters('0123456789abcdef', 1).map((digit) => digit.repeat(76) as MessageId),
        outcome: fc.constantFrom('applied', 'partly-applied', 'declined'),
        hunks,
      },
      { requiredKeys: ['patch', 'outcome'], noNullPrototype: true },
    )
    .map((fields): WrittenBody => ({ kind: 'patch-result', ...fields })),
)
