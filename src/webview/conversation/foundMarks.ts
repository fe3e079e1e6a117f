import type { MessageId } from '../../shared/ids.ts'
import type { Jump } from '../state/conversationState.ts'

/** The name that the style sheet knows the marks by. */
const highlightName = 'tincan-found'
/** The most places that are marked in one message. */
const maxMarks = 200

/**
 * Marks what was looked for in the message that was jumped to. The marks lie over the rendered text without being part of
 * it (the CSS Custom Highlight API), so that Markdown and code are rendered as always.
 */
export class FoundMarks {
  #message: MessageId | undefined
  #texts: readonly string[] = []

  set({ message, marks }: Jump): void {
    this.clear()
    this.#message = message
    this.#texts = marks
  }

  clear(): void {
    this.#message = undefined
    this.#texts = []
    CSS.highlights.delete(highlightName)
  }

  /** Marks what is rendered now. After each rendering. */
  apply(list: HTMLElement): void {
    if (this.#message === undefined || this.#texts.length === 0) return
    const article = list.querySelector(`article[data-message="${CSS.escape(this.#message)}"] .body`)
    if (article === null) return
    CSS.highlights.set(highlightName, new Highlight(...rangesIn(article, this.#texts)))
  }
}

function rangesIn(element: Element, texts: readonly string[]): Range[] {
  const ranges: Range[] = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    for (const text of texts) ranges.push(...occurrences(node, text))
  return ranges.slice(0, maxMarks)
}

function occurrences(node: Node, text: string): Range[] {
  const ranges: Range[] = []
  const content = node.textContent ?? ''
  for (let at = content.indexOf(text); at >= 0 && text !== ''; at = content.indexOf(text, at + text.length)) {
    const range = document.createRange()
    range.setStart(node, at)
    range.setEnd(node, at + text.length)
    ranges.push(range)
  }
  return ranges
}
