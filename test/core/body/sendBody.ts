/** Bodies that may be sent, of every shape. */
import fc from 'fast-check'
import type { SendBody, SnippetBody } from '../../../src/shared/service.ts'

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
const git = fc
  .record({ remote, commit }, { requiredKeys: [], noNullPrototype: true })
  .filter((origin) => origin.remote !== undefined || origin.commit !== undefined)

/** Any text or snippet within the bounds. */
export const sendBody: fc.Arbitrary<SendBody> = fc.oneof(
  text.map((value): SendBody => ({ kind: 'text', text: value })),
  fc
    .record({ language, text, path, lines, git }, { requiredKeys: ['language', 'text'], noNullPrototype: true })
    .map((fields): SnippetBody => ({ kind: 'snippet', ...fields })),
)
