import MarkdownIt from 'markdown-it'
import type { Token } from 'markdown-it'
import { buildInlines } from './buildInlines.ts'
import { withPlaces } from './inlinePlaces.ts'
import type { Block, Cell } from './model.ts'

/** Nested deeper than this, or of more tokens than that, a text is shown as it was typed. */
export const maxDepth = 20
export const maxTokens = 6000

const markdownIt = createParser()

/**
 * The blocks of a Markdown text. HTML is text. A text that is nested too deeply or has too many parts is one plain
 * paragraph, so that what is shown is complete. Never throws.
 */
export function parseMarkdown(source: string): readonly Block[] {
  try {
    const tokens = markdownIt.parse(source, {})
    const count = tokens.reduce((sum, token) => sum + 1 + (token.children?.length ?? 0), 0)
    if (count > maxTokens || tokens.some((token) => token.level >= maxDepth)) return plain(source)
    return buildBlocks(tokens, 0, tokens.length)
  } catch {
    return plain(source)
  }
}

function createParser(): MarkdownIt {
  const parser = new MarkdownIt({ html: false, linkify: true, breaks: true })
  // Without this, `main.rs` and `README.md` would become links.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  // Every link becomes a token; which of them may be followed is decided in one place, by `parseSafeLink`.
  parser.validateLink = () => true
  return parser
}

/** The text as it was typed: one paragraph, line breaks kept. */
function plain(source: string): readonly Block[] {
  return [{ kind: 'paragraph', inlines: [{ kind: 'text', text: source }] }]
}

function buildBlocks(tokens: readonly Token[], from: number, to: number): Block[] {
  const blocks: Block[] = []
  for (let i = from; i < to;) {
    const token = tokens[i]
    if (token === undefined) break
    const end = token.nesting === 1 ? closingIndex(tokens, i, to) : i
    const block = buildBlock(tokens, token, i, end)
    if (block !== undefined) blocks.push(block)
    i = end + 1
  }
  return blocks
}

function buildBlock(tokens: readonly Token[], token: Token, start: number, end: number): Block | undefined {
  switch (token.type) {
    case 'paragraph_open':
      return { kind: 'paragraph', inlines: inlinesOf(tokens[start + 1]) }
    case 'heading_open':
      return { kind: 'heading', level: Number(token.tag.slice(1)), inlines: inlinesOf(tokens[start + 1]) }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return {
        kind: 'list',
        ordered: token.type === 'ordered_list_open',
        start: Number(token.attrGet('start') ?? 1),
        items: childrenOf(tokens, start, end).map(([from, to]) => buildBlocks(tokens, from + 1, to)),
      }
    case 'blockquote_open':
      return { kind: 'quote', blocks: buildBlocks(tokens, start + 1, end) }
    case 'fence':
      return { kind: 'code', language: /^\S{0,64}/.exec(token.info.trim())?.[0] ?? '', text: trimEnd(token.content) }
    case 'code_block':
      return { kind: 'code', language: '', text: trimEnd(token.content) }
    case 'hr':
      return { kind: 'rule' }
    case 'table_open':
      return buildTable(tokens, start, end)
    default:
      return undefined
  }
}

function buildTable(tokens: readonly Token[], start: number, end: number): Block {
  const rows: Cell[][] = []
  let row: Cell[] = []
  for (const token of tokens.slice(start, end)) {
    if (token.type === 'tr_open') row = []
    else if (token.type === 'inline') row.push(inlinesOf(token))
    else if (token.type === 'tr_close') rows.push(row)
  }
  const [head = [], ...body] = rows
  return { kind: 'table', head, rows: body }
}

const inlinesOf = (token: Token | undefined) => withPlaces(buildInlines(token?.children ?? [], maxDepth))

const trimEnd = (code: string): string => code.replace(/\n$/, '')

/** The index of the token that closes the one at `open`. */
function closingIndex(tokens: readonly Token[], open: number, to: number): number {
  let depth = 0
  for (let i = open; i < to; i++) {
    depth += tokens[i]?.nesting ?? 0
    if (depth === 0) return i
  }
  return to
}

/** The first and last index of each element directly inside the one from `start` to `end`. */
function childrenOf(tokens: readonly Token[], start: number, end: number): (readonly [number, number])[] {
  const children: (readonly [number, number])[] = []
  for (let i = start + 1; i < end;) {
    const close = closingIndex(tokens, i, end)
    children.push([i, close])
    i = close + 1
  }
  return children
}
