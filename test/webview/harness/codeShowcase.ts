import type { PartRefusal, PartResult } from '../../../src/shared/patch/applyFile.ts'
import type { PatchTrial } from '../../../src/shared/patch/patchTrial.ts'
import type { Message, PatchBody, SnippetBody } from '../../../src/shared/service.ts'
import type { HostToWebview, Screen, SnippetPlace } from '../../../src/shared/webviewProtocol.ts'
import { ada, bob, message, now, page } from './fixtures.ts'

const git = { remote: 'https://github.com/tincan/tincan.git', commit: '1f6b68a9c0ffee', branch: 'main' }
const hunk = (path: string, before: string, after: string): string =>
  `diff --git a/${path} b/${path}\nindex 1234567..89abcde 100644\n--- a/${path}\n+++ b/${path}\n@@ -3,3 +3,3 @@ class Kettle\n {\n-${before}\n+${after}\n }\n`
const icon = (path: string): string =>
  `diff --git a/${path} b/${path}\nnew file mode 100644\nindex ${'0'.repeat(40)}..e01d6b6953d9e3e0f90463cb36816480498ec608\nGIT binary patch\nliteral 7\nOcmZQzWMVE!O#}b}ssTX&\n\n`
const patch = (title: string, ...files: readonly string[]): PatchBody => ({
  kind: 'patch',
  title,
  text: files.join(''),
  git,
})
const kettle = hunk('src/kettle.ts', '  celsius = 20', '  celsius = 18')

const applied = (line?: number, moved?: number): PartResult => ({
  kind: 'applied',
  ...(line === undefined ? {} : { line }),
  ...(moved === undefined ? {} : { moved }),
})
const refused = (reason: PartRefusal): PartResult => ({ kind: 'refused', reason })

interface Shown {
  readonly message: Message
  readonly trial?: PatchTrial
  readonly place?: SnippetPlace
}

const fromBob = (clock: number, body: SnippetBody | PatchBody, init: Partial<Message> = {}): Message =>
  message(clock, { author: bob, body, ...init })
const told = (outcome: 'applied' | 'partly-applied' | 'declined', person = ada) => ({ person, at: now, outcome })

const snippet: SnippetBody = {
  kind: 'snippet',
  language: 'typescript',
  path: 'src/core/kettle.ts',
  lines: { first: 41, last: 43 },
  git,
  text: 'get isBoiling(): boolean {\n  return this.celsius >= 100 && this.litres > 0 && !this.isLidOpen\n}',
}

/** Every state of the cards of snippets and patches. */
const shown: Readonly<Record<string, Shown>> = {
  'snippet-same': {
    message: fromBob(101, snippet),
    place: { sentence: 'Your file is the same here: lines 41–43.', offers: [] },
  },
  'snippet-differs': {
    message: fromBob(102, snippet),
    place: { sentence: 'Your file differs in lines 41–43.', offers: ['compareWithMine', 'apply'] },
  },
  'snippet-no-clone': { message: fromBob(103, { ...snippet, git: { remote: 'https://example.org/tea/pot.git' } }) },
  'patch-open': { message: fromBob(104, patch('Cool it down', kettle)) },
  'patch-applied': {
    message: fromBob(105, patch('Cool it down', kettle, icon('media/cup.ico')), { results: [told('applied')] }),
    trial: { files: [[applied(12, 9)], [applied()]], isDone: true },
  },
  'patch-partly': {
    message: fromBob(106, patch('Cool it down', kettle, hunk('src/brew.ts', '  minutes = 3', '  minutes = 4')), {
      results: [{ ...told('partly-applied'), hunks: { applied: 1, of: 2 } }],
    }),
    trial: { files: [[applied(3)], [refused('no-match')]], isDone: true },
  },
  'patch-declined': { message: fromBob(107, patch('Cool it down', kettle), { results: [told('declined')] }) },
  'patch-refused': {
    message: fromBob(108, patch('Trust me', icon('.vscode/cup.ico'), hunk('../out.ts', 'a', 'b'), icon('cup.ico'))),
    trial: { files: [[refused('protected')], [refused('outside')], [refused('unsaved')]], isDone: false },
  },
  'patch-own': {
    message: message(109, {
      author: ada,
      body: patch('Cool it down', kettle),
      results: [told('applied', bob)],
      state: 'delivered',
    }),
  },
  'patch-deceptive': {
    message: fromBob(110, patch('Mend \u2066it', hunk('src/gr\u0430nt.c', '  a', '  if (is\u0410dmin\u200b) {}'))),
  },
  'quote-deceptive': {
    message: message(111, {
      author: bob,
      body: { kind: 'text', text: 'Run `git \u202epush`, see src/\u0430dmin.py:3', replyTo: message(110).id },
      quote: { author: bob, summary: '⚠ adm[U+200B]in.py · is_\u0430dmin = 1' },
    }),
  },
}

export const codeShowcase: Readonly<Record<string, Screen>> = Object.fromEntries(
  Object.entries(shown).map(([name, { message: only }]): [string, Screen] => [
    `code-${name}`,
    { kind: 'conversation', page: page([only]) },
  ]),
)

/** What the view is told of these cards. */
export const codeNews: readonly HostToWebview[] = Object.values(shown).flatMap(
  ({ message: { id }, trial, place }): HostToWebview[] => [
    ...(trial === undefined ? [] : [{ type: 'patchTried' as const, message: id, trial }]),
    ...(place === undefined ? [] : [{ type: 'snippetPlace' as const, message: id, place }]),
  ],
)
