import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Block, Inline } from '../../../src/webview/markdown/model.ts'
import { maxDepth, parseMarkdown } from '../../../src/webview/markdown/parseMarkdown.ts'
import { workMs } from '../../shared/workMs.ts'

const text = (value: string): Inline => ({ kind: 'text', text: value })
const paragraph = (...inlines: readonly Inline[]): Block => ({ kind: 'paragraph', inlines })

const cases: readonly (readonly [string, string, readonly Block[]])[] = [
  ['plain text', 'hello', [paragraph(text('hello'))]],
  ['a line break as a break', 'a\nb', [paragraph(text('a'), { kind: 'break' }, text('b'))]],
  [
    'emphasis',
    '*a* **b** ~~c~~ `d`',
    [
      paragraph(
        { kind: 'emphasis', inlines: [text('a')] },
        text(' '),
        { kind: 'strong', inlines: [text('b')] },
        text(' '),
        { kind: 'deleted', inlines: [text('c')] },
        text(' '),
        { kind: 'code', text: 'd' },
      ),
    ],
  ],
  ['HTML as text', '<b onclick=x>a</b>', [paragraph(text('<b onclick=x>a</b>'))]],
  ['an HTML block as text', '<script>a</script>', [paragraph(text('<script>a</script>'))]],
  [
    'an image as what it is called',
    '![cat](https://a.example/c.png)',
    [paragraph({ kind: 'image', href: 'https://a.example/c.png', alt: 'cat' })],
  ],
  [
    'an image with a dangerous source without it',
    '![cat](data:image/svg+xml,x)',
    [paragraph({ kind: 'image', href: undefined, alt: 'cat' })],
  ],
  [
    'a bare address as a link',
    'see https://a.example/x.',
    [
      paragraph(
        text('see '),
        { kind: 'link', href: 'https://a.example/x', inlines: [text('https://a.example/x')] },
        text('.'),
      ),
    ],
  ],
  ['file names as text', 'main.rs and README.md', [paragraph(text('main.rs and README.md'))]],
  ['a heading', '## a', [{ kind: 'heading', level: 2, inlines: [text('a')] }]],
  ['a fence with its language', '```ts x\na\n\nb\n```', [{ kind: 'code', language: 'ts', text: 'a\n\nb' }]],
  ['an open fence', '```\na', [{ kind: 'code', language: '', text: 'a' }]],
  ['an indented code', '    a', [{ kind: 'code', language: '', text: 'a' }]],
  ['a rule', '---', [{ kind: 'rule' }]],
  ['a quote', '> a', [{ kind: 'quote', blocks: [paragraph(text('a'))] }]],
  [
    'lists in lists',
    '3. a\n   - b',
    [
      {
        kind: 'list',
        ordered: true,
        start: 3,
        items: [[paragraph(text('a')), { kind: 'list', ordered: false, start: 1, items: [[paragraph(text('b'))]] }]],
      },
    ],
  ],
  [
    'a table',
    '|a|b|\n|-|-|\n|c|*d*|',
    [
      {
        kind: 'table',
        head: [[text('a')], [text('b')]],
        rows: [[[text('c')], [{ kind: 'emphasis', inlines: [text('d')] }]]],
      },
    ],
  ],
  ['nothing', '', []],
]

const dangerous = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'command:workbench.action.terminal.new',
  'vscode://tincan.tincan/join#x',
  'vscode-insiders:x',
  'file:///etc/passwd',
  'data:text/html,x',
  'blob:x',
  '//a.example/x',
  '../x',
  'java&#10;script:alert(1)',
  '&#106;avascript:alert(1)',
]

describe('parseMarkdown', () => {
  for (const [what, source, blocks] of cases) {
    it(`reads ${what}`, () => {
      assert.deepEqual(parseMarkdown(source), blocks)
    })
  }

  for (const href of dangerous) {
    it(`makes no link of ${href}`, () => {
      for (const source of [
        `[a](${href})`,
        `[a](<${href}>)`,
        `<${href}>`,
        `[a][b]\n\n[b]: ${href}`,
        href,
        `![a](${href})`,
      ]) {
        for (const target of linksIn(parseMarkdown(source))) assert.match(target, /^https?:|^mailto:/)
      }
      assert.deepEqual(linksIn(parseMarkdown(`[a](${href})`)), [])
    })
  }

  it('keeps the target of a refused link in sight', () => {
    assert.deepEqual(parseMarkdown('[run](command:x)'), [paragraph(text('run (command:x)'))])
  })

  it('shows what is nested too deeply as it was typed', () => {
    for (const source of ['> '.repeat(200) + 'end', `${'*a '.repeat(200)}end${' a*'.repeat(200)}`]) {
      const blocks = parseMarkdown(source)
      assert.ok(depthOf(blocks) <= maxDepth * 2)
      assert.ok(textIn(blocks).includes('end'), 'nothing is lost')
    }
  })

  it('takes work in proportion to the length of texts made to be slow', () => {
    const slow = [
      '*a_',
      '[',
      '![',
      '> ',
      '- ',
      '`',
      '[a](',
      '<a ',
      '~a*_',
      '|a',
      'http://',
      '&#',
      '\\',
      '_*',
      '**a',
      'a@',
    ]
    const times = 8
    // Less than this is lost among what else a process does, and too little to be noticed eight times eight times over.
    const leastMs = 10
    for (const part of slow) {
      const short = part.repeat(Math.ceil((8 * 1024) / part.length))
      const growth = parseMs(short.repeat(times)) / Math.max(leastMs, parseMs(short))
      // Quadratic work would grow by the square of 8.
      assert.ok(growth < 3 * times, `8 times as much of ${part} took ${growth.toFixed(1)} times as long`)
    }
  })

  it('reads any text, into safe links and bounded depth', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '*',
        '_',
        '`',
        '[',
        ']',
        '(',
        ')',
        '\n',
        '\n\n',
        '> ',
        '- ',
        '1. ',
        '|',
        '```',
        '<a>',
        '![',
        'javascript:',
        'https://a.b/',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const blocks = parseMarkdown(pieces.join(''))
        for (const target of linksIn(blocks)) assert.match(target, /^https?:|^mailto:/i)
        assert.ok(depthOf(blocks) <= maxDepth * 2)
      }),
    )
  })
})

const parseMs = (source: string): number =>
  workMs(() => {
    parseMarkdown(source)
  })

function nodesIn(value: unknown): readonly Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== 'object' || value === null) return []
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(nodesIn)]
}

function linksIn(blocks: readonly Block[]): readonly string[] {
  return nodesIn(blocks).flatMap((node) => (typeof node['href'] === 'string' ? [node['href']] : []))
}

const textIn = (blocks: readonly Block[]): string =>
  nodesIn(blocks)
    .map((node) => (typeof node['text'] === 'string' ? node['text'] : ''))
    .join('')

function depthOf(value: unknown): number {
  if (Array.isArray(value)) return Math.max(0, ...value.map(depthOf))
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

it('a link to a message is a part of its own, by itself and with words, and never one that is followed', () => {
  const address = { conversation: 'ab'.repeat(32), message: 'cd'.repeat(38) }
  const link = `vscode://tincan.tincan/message#${address.conversation}.${address.message}`
  assert.deepEqual(parseMarkdown(`See ${link} at a/kettle.ts:3, and [this](${link}).`), [
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'See ' },
        { kind: 'message', address },
        { kind: 'text', text: ' at ' },
        { kind: 'place', place: { path: 'a/kettle.ts', line: 3 }, text: 'a/kettle.ts:3', isCode: false },
        { kind: 'text', text: ', and ' },
        { kind: 'message', address, inlines: [{ kind: 'text', text: 'this' }] },
        { kind: 'text', text: '.' },
      ],
    },
  ])
  assert.deepEqual(parseMarkdown(`[this](${link}0)`), [
    { kind: 'paragraph', inlines: [{ kind: 'text', text: `this (${link}0)` }] },
  ])
})
