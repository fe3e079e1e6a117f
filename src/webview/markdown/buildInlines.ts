import type { Token } from 'markdown-it'
import { findMessageLinks } from '../../shared/messageLink.ts'
import { parseSafeLink } from '../../shared/parseSafeLink.ts'
import type { Inline } from './model.ts'

type Frame = { readonly inlines: Inline[]; readonly close: (inlines: readonly Inline[]) => readonly Inline[] }

/**
 * The inline parts of one block. A link that may not be followed is its text, with its target in brackets. Throws a
 * plain error when nested deeper than `maxDepth`.
 */
export function buildInlines(tokens: readonly Token[], maxDepth: number): readonly Inline[] {
  const root: Frame = { inlines: [], close: (inlines) => inlines }
  const stack: Frame[] = [root]
  for (const token of tokens) {
    const top = stack.at(-1) ?? root
    if (token.nesting === 1) {
      if (stack.length > maxDepth) throw new Error('Nested too deeply')
      stack.push({ inlines: [], close: closer(token) })
    } else if (token.nesting === -1) {
      if (stack.length > 1) stack.pop()
      for (const inline of top.close(top.inlines)) add(stack.at(-1) ?? root, inline)
    } else {
      const inline = buildLeaf(token)
      if (inline !== undefined) add(top, inline)
    }
  }
  return root.inlines
}

function closer(token: Token): (inlines: readonly Inline[]) => readonly Inline[] {
  switch (token.type) {
    case 'strong_open':
      return (inlines) => [{ kind: 'strong', inlines }]
    case 'em_open':
      return (inlines) => [{ kind: 'emphasis', inlines }]
    case 's_open':
      return (inlines) => [{ kind: 'deleted', inlines }]
    case 'link_open': {
      const target = token.attrGet('href') ?? ''
      const href = parseSafeLink(target)
      if (href !== undefined) return (inlines) => [{ kind: 'link', href, inlines }]
      const [found] = findMessageLinks(target)
      if (found?.from === 0 && found.to === target.length) {
        const { conversation, message } = found
        return (inlines) => [{ kind: 'message', address: { conversation, message }, inlines }]
      }
      return (inlines) => [...inlines, { kind: 'text', text: ` (${target})` }]
    }
    default:
      return (inlines) => inlines
  }
}

function buildLeaf(token: Token): Inline | undefined {
  switch (token.type) {
    case 'code_inline':
      return { kind: 'code', text: token.content }
    case 'softbreak':
    case 'hardbreak':
      return { kind: 'break' }
    case 'image':
      return { kind: 'image', href: parseSafeLink(token.attrGet('src')), alt: token.content }
    default:
      return token.content === '' ? undefined : { kind: 'text', text: token.content }
  }
}

/** Adds a part, joining neighbouring texts into one. */
function add(frame: Frame, inline: Inline): void {
  const last = frame.inlines.at(-1)
  if (inline.kind === 'text' && last?.kind === 'text') {
    frame.inlines[frame.inlines.length - 1] = { kind: 'text', text: last.text + inline.text }
  } else frame.inlines.push(inline)
}
