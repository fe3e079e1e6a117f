import { assertNever } from '../../shared/assertNever.ts'
import type { Block, Inline } from './model.ts'

/** What Markdown says, without its form: one line, for where there is room for no more. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(ofBlock).join(' ').replace(/\s+/gu, ' ').trim()
}

function ofBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return ofInlines(block.inlines)
    case 'list':
      return block.items.map(plainText).join(' ')
    case 'quote':
      return plainText(block.blocks)
    case 'code':
      return block.text
    case 'table':
      return [block.head, ...block.rows].flat().map(ofInlines).join(' ')
    case 'rule':
      return ''
    default:
      return assertNever(block)
  }
}

function ofInlines(inlines: readonly Inline[]): string {
  return inlines.map(ofInline).join('')
}

function ofInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
    case 'code':
    case 'place':
      return inline.text
    case 'strong':
    case 'emphasis':
    case 'deleted':
    case 'link':
      return ofInlines(inline.inlines)
    case 'message':
      return ofInlines(inline.inlines ?? [])
    case 'break':
      return ' '
    case 'image':
      return inline.alt
    default:
      return assertNever(inline)
  }
}
