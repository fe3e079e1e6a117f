import type { CodeToken } from '../../shared/webviewProtocol.ts'

type Lines = readonly (readonly CodeToken[])[]
interface Entry {
  readonly language: string
  readonly text: string
  /** The key of the request under way, and so of the only answer that counts. */
  key: string
  lines: Lines | undefined
  isTooMuch: boolean
  stale: boolean
}

const maxEntries = 300

export interface HighlighterInit {
  /** Sends a request to the host. */
  readonly ask: (key: string, language: string, text: string) => void
  /** The colours of some code have come, or have to be asked for anew. */
  readonly onDidChange: () => void
}

/** The colours of code: asks the host once for each text that is shown, remembers the answers, and asks again after a change of theme. */
export class Highlighter {
  readonly #entries = new Map<string, Entry>()
  readonly #init: HighlighterInit
  #asked = 0

  constructor(init: HighlighterInit) {
    this.#init = init
  }

  /** The lines of a text that is shown now, or `undefined` while it is plain. Asks for them where needed. */
  linesOf(language: string, text: string): Lines | undefined {
    if (language === '' || language === 'plaintext') return undefined
    const id = `${language}\n${text}`
    const known = this.#entries.get(id)
    const entry = known ?? { language, text, key: '', lines: undefined, isTooMuch: false, stale: true }
    this.#entries.delete(id)
    this.#entries.set(id, entry)
    this.#forgetOldest()
    if (entry.stale) {
      entry.stale = false
      entry.key = `code ${String(++this.#asked)}`
      this.#init.ask(entry.key, language, text)
    }
    return entry.lines
  }

  /** Whether a text that was asked about is too much to be coloured here. */
  isTooMuch(language: string, text: string): boolean {
    return this.#entries.get(`${language}\n${text}`)?.isTooMuch ?? false
  }

  /** Takes an answer. One that is not about exactly the text asked about is ignored, and that text stays plain. */
  accept(key: string, lines: Lines | undefined, isTooMuch = false): void {
    for (const entry of this.#entries.values()) {
      if (entry.key !== key) continue
      entry.lines = lines !== undefined && isSameText(lines, entry.text) ? lines : undefined
      entry.isTooMuch = isTooMuch
      this.#init.onDidChange()
      return
    }
  }

  /** The theme changed: until the new colours come all code is plain, which can be read on every ground. */
  expire(): void {
    for (const entry of this.#entries.values()) {
      entry.stale = true
      entry.key = ''
      entry.lines = undefined
    }
    this.#init.onDidChange()
  }

  #forgetOldest(): void {
    const oldest = this.#entries.size > maxEntries ? this.#entries.keys().next().value : undefined
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}

function isSameText(lines: Lines, text: string): boolean {
  const joined = lines.map((line) => line.map((token) => token.text).join('')).join('\n')
  return joined === text
}
