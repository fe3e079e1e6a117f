/**
 * What must be true of conversations, apart from the code under test: what a sender was told is kept is kept, once, in
 * the order of its sending, wherever the conversation is; what it was told nothing about may be there, once.
 */
export class Model {
  readonly #logs = new Map<string, { readonly acknowledged: string[]; readonly uncertain: Set<string> }>()
  #next = 0

  /** The next text of an author; nobody knows yet whether it will be kept. */
  write(author: string, conversation: string): string {
    const text = `message ${String(this.#next++)} of ${author} to ${conversation}`
    this.#log(author, conversation).uncertain.add(text)
    return text
  }

  /** The author was told that the text is on disk. */
  acknowledge(author: string, conversation: string, text: string): void {
    const { acknowledged, uncertain } = this.#log(author, conversation)
    uncertain.delete(text)
    acknowledged.push(text)
  }

  get acknowledged(): number {
    return [...this.#logs.values()].reduce((sum, log) => sum + log.acknowledged.length, 0)
  }

  /** What is wrong with the texts of an author as somebody sees them in a conversation. */
  judge(author: string, conversation: string, seen: readonly string[]): Verdict {
    const { acknowledged, uncertain } = this.#log(author, conversation)
    const known = new Set(acknowledged)
    const kept = seen.filter((text) => known.has(text))
    return {
      lost: acknowledged.filter((text) => !seen.includes(text)),
      duplicated: seen.filter((text, i) => seen.indexOf(text) !== i),
      invented: seen.filter((text) => !known.has(text) && !uncertain.has(text)),
      isOrdered: kept.every(
        (text, i) => i === 0 || acknowledged.indexOf(kept[i - 1] ?? '') < acknowledged.indexOf(text),
      ),
    }
  }

  #log(author: string, conversation: string): { readonly acknowledged: string[]; readonly uncertain: Set<string> } {
    const key = `${author} ${conversation}`
    const log = this.#logs.get(key) ?? { acknowledged: [], uncertain: new Set() }
    this.#logs.set(key, log)
    return log
  }
}

export interface Verdict {
  readonly lost: readonly string[]
  readonly duplicated: readonly string[]
  readonly invented: readonly string[]
  readonly isOrdered: boolean
}
