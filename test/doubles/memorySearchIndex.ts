import type { SearchEntry, SearchIndex, SearchPlace, SearchQuery } from '../../src/core/ports/searchIndex.ts'

/** An index that looks at everything, each time. */
export class MemorySearchIndex implements SearchIndex {
  /** In the order in which they are found, from the oldest. */
  #entries: SearchEntry[] = []
  isClosed = false

  get size(): number {
    return this.#entries.length
  }

  get memoryBytes(): number {
    return this.#entries.length
  }

  put(entries: readonly SearchEntry[]): void {
    this.#check()
    for (const entry of entries) {
      this.remove(entry.log, entry.seq, entry.seq)
      const later = this.#entries.findIndex(({ at }) => at > entry.at)
      this.#entries.splice(later < 0 ? this.#entries.length : later, 0, entry)
    }
  }

  remove(log: number, from: number, to: number): void {
    this.#check()
    this.#entries = this.#entries.filter((one) => one.log !== log || one.seq < from || one.seq > to)
  }

  find(query: SearchQuery, before: SearchPlace | undefined, limit: number): readonly SearchPlace[] {
    this.#check()
    const known = before && this.#entries.findIndex(({ log, seq }) => log === before.log && seq === before.seq)
    const older = this.#entries.filter(
      (one, i) => before === undefined || (known !== undefined && known >= 0 ? i < known : one.at < before.at),
    )
    return older
      .filter((entry) => fits(entry, query))
      .reverse()
      .slice(0, Math.max(0, limit))
      .map(({ log, seq, at }) => ({ log, seq, at }))
  }

  close(): void {
    this.isClosed = true
    this.#entries = []
  }

  #check(): void {
    if (this.isClosed) throw new Error('The index is closed')
  }
}

function fits({ at, words, wholes, tags }: SearchEntry, query: SearchQuery): boolean {
  if (at < query.from || at >= query.until) return false
  if (!query.tags.every((any) => any.some((tag) => tags.includes(tag)))) return false
  const lines = [words, ...wholes.map((whole) => [whole])]
  return query.terms.every((any) => any.some((phrase) => lines.some((line) => holds(line, phrase))))
}

function holds(line: readonly string[], { words, isPrefix }: SearchQuery['terms'][number][number]): boolean {
  return line.some((_, start) =>
    words.every((word, i) => {
      const found = line[start + i]
      return found === word || (isPrefix && i === words.length - 1 && found?.startsWith(word) === true)
    }),
  )
}
