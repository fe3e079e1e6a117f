import { createHighlighterCore } from 'shiki/core'
import type { HighlighterCore, ThemedToken, ThemeRegistrationRaw } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import type { CodeToken } from '../../shared/webviewProtocol.ts'
import { grammarOf } from './languages.ts'
import type { TokenTheme } from './protocol.ts'

/**
 * No limit of its own for a line: a line given up in the middle would keep the colour that came last, all over. Whoever
 * owns the thread limits the time of a whole block, and a block that takes too long stays plain.
 */
const noLineLimit = 0
const italic = 1
const bold = 2
const underline = 4

/** Turns code into coloured lines, with grammars loaded when they are first needed. */
export interface Tokenizer {
  setTheme(theme: TokenTheme): void
  /** `undefined`: the language is not known, or there is no theme yet. */
  tokenize(language: string, text: string): Promise<readonly (readonly CodeToken[])[] | undefined>
}

interface NamedTheme {
  readonly name: string
  readonly theme: TokenTheme
}

export function createTokenizer(): Tokenizer {
  let core: Promise<HighlighterCore> | undefined
  let current: NamedTheme | undefined
  let themeCount = 0

  const load = (): Promise<HighlighterCore> => {
    core ??= createHighlighterCore({ engine: createOnigurumaEngine(import('shiki/wasm')), themes: [], langs: [] })
    return core
  }
  return {
    setTheme(theme) {
      themeCount += 1
      current = { name: `user-${String(themeCount)}`, theme }
    },
    async tokenize(language, text) {
      const grammar = grammarOf(language)
      // The theme of now, whatever is set while this waits: a name stands for the same colours for ever.
      const wanted = current
      if (grammar === undefined || wanted === undefined) return undefined
      const highlighter = await load()
      if (!highlighter.getLoadedThemes().includes(wanted.name)) await highlighter.loadTheme(registration(wanted))
      if (!highlighter.getLoadedLanguages().includes(grammar.name)) await highlighter.loadLanguage(await grammar.load())
      const lines = highlighter.codeToTokensBase(text, {
        lang: grammar.name,
        theme: wanted.name,
        tokenizeTimeLimit: noLineLimit,
      })
      return lines.map((line) => line.map((token) => codeToken(token, wanted.theme.foreground)))
    },
  }
}

function registration({ name, theme }: NamedTheme): ThemeRegistrationRaw {
  return {
    name,
    type: theme.type,
    fg: theme.foreground,
    bg: theme.type === 'dark' ? '#000000' : '#ffffff',
    settings: theme.rules.map(({ scope, foreground, fontStyle }) => ({
      scope: [...scope],
      settings: {
        ...(foreground === undefined ? {} : { foreground }),
        ...(fontStyle === undefined ? {} : { fontStyle }),
      },
    })),
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
