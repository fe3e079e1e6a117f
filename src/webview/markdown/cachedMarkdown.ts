import type { Block } from './model.ts'
import { parseMarkdown } from './parseMarkdown.ts'

const maxEntries = 400
const cache = new Map<string, readonly Block[]>()

/** `parseMarkdown`, remembering the texts shown last: a list that scrolls renders the same ones again and again. */
export function cachedMarkdown(source: string): readonly Block[] {
  const known = cache.get(source)
  const blocks = known ?? parseMarkdown(source)
  cache.delete(source)
  cache.set(source, blocks)
  const oldest = cache.size > maxEntries ? cache.keys().next().value : undefined
  if (oldest !== undefined) cache.delete(oldest)
  return blocks
}
