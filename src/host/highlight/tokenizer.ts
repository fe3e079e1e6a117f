import { createHighlighterCore } from 'shiki/core'
import type { HighlighterCore, ThemedToken } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import type { CodeToken } from '../../shared/webviewProtocol.ts'
import { grammarOf } from './languages.ts'
import type { TokenTheme } from './protocol.ts'

/**
 * How long one line may take; the rest of it gets the colour that came last. The first block of a language compiles its
 * grammar while it is coloured: under a short limit it would keep wrong colours.
 */
const warmLineLimitMs = 100
const coldLineLimitMs = 5000
const italic = 1
const bold = 2
const underline = 4

/** Turns code into coloured lines, with grammars loaded when they are first needed. */
export interface Tokenizer {
  setTheme(theme: TokenTheme): void
  /** `undefined`: the language is not known, or there is no theme yet. */
  tokenize(language: string, text: string): Promise<readonly (readonly CodeToken[])[] | undefined>
}

export function createTokenizer(): Tokenizer {
  let core: Promise<HighlighterCore> | undefined
  let theme: TokenTheme | undefined
  let themeNumber = 0
  let loadedTheme = 0
  const warm = new Set<string>()

  const load = (): Promise<HighlighterCore> => {
    core ??= createHighlighterCore({ engine: createOnigurumaEngine(import('shiki/wasm')), themes: [], langs: [] })
    return core
  }
  return {
    setTheme(value) {
      theme = value
      themeNumber += 1
    },
    async tokenize(language, text) {
      const grammar = grammarOf(language)
      const wanted = theme
      if (grammar === undefined || wanted === undefined) return undefined
      const highlighter = await load()
      const name = `user-${String(themeNumber)}`
      if (loadedTheme !== themeNumber) {
        loadedTheme = themeNumber
        await highlighter.loadTheme({
          name,
          type: wanted.type,
          fg: wanted.foreground,
          bg: wanted.type === 'dark' ? '#000000' : '#ffffff',
          settings: wanted.rules.map(({ scope, foreground, fontStyle }) => ({
            scope: [...scope],
            settings: {
              ...(foreground === undefined ? {} : { foreground }),
              ...(fontStyle === undefined ? {} : { fontStyle }),
            },
          })),
        })
      }
      if (!highlighter.getLoadedLanguages().includes(grammar.name)) await highlighter.loadLanguage(await grammar.load())
      const lines = highlighter.codeToTokensBase(text, {
        lang: grammar.name,
        theme: name,
        tokenizeTimeLimit: warm.has(grammar.name) ? warmLineLimitMs : coldLineLimitMs,
      })
      warm.add(grammar.name)
      return lines.map((line) => line.map((token) => codeToken(token, wanted.foreground)))
    },
  }
}

/** A token without what needs no saying: the default colour is the webview's own. */
function codeToken({ content, color, fontStyle }: ThemedToken, foreground: string): CodeToken {
  // A set of bits; -1 where nothing is said.
  const style = Math.max(0, fontStyle ?? 0)
  const has = (bit: number): boolean => (style & bit) !== 0
  const hasColor =
    color !== undefined &&
    color.toLowerCase() !== foreground.toLowerCase() &&
    /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(color)
  return {
    text: content,
    ...(hasColor ? { color } : {}),
    ...(has(italic) ? { italic: true } : {}),
    ...(has(bold) ? { bold: true } : {}),
    ...(has(underline) ? { underline: true } : {}),
  }
}
