import { createHighlighterCore } from 'shiki/core'
import type { GrammarState, HighlighterCore, ThemedToken, ThemeRegistrationRaw } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import type { CodeToken } from '../../shared/webviewProtocol.ts'
import { grammarOf } from './languages.ts'
import type { Coloured, TokenTheme } from './protocol.ts'

/**
 * No limit of its own for a line: a line given up in the middle would keep the colour that came last, all over. Whoever
 * owns the thread limits the time of a whole block, and a block that takes too long stays plain.
 */
const noLineLimit = 0
const italic = 1
const bold = 2
const underline = 4

/** How long a block may take, of the thread's own time: once for a language whose rules are compiled as they are met, and later. */
export const coldBudgetMs = 2_000
export const warmBudgetMs = 50
/** After so many lines the time is looked at. */
const linesAtOnce = 8

/** Turns code into coloured lines, with grammars loaded when they are first needed. */
export interface Tokenizer {
  setTheme(theme: TokenTheme): void
  /** Without lines where the language is not known or there is no theme yet, and where it takes too long. */
  tokenize(language: string, text: string): Promise<Coloured>
}

interface NamedTheme {
  readonly name: string
  readonly theme: TokenTheme
}

/** `nowMs` measures what this thread has worked. */
export function createTokenizer(nowMs: () => number = workedMs): Tokenizer {
  const warm = new Set<string>()
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
      if (grammar === undefined || wanted === undefined) return {}
      const highlighter = await load()
      if (!highlighter.getLoadedThemes().includes(wanted.name)) await highlighter.loadTheme(registration(wanted))
      if (!highlighter.getLoadedLanguages().includes(grammar.name)) await highlighter.loadLanguage(await grammar.load())
      const colour = lineColourer(highlighter, grammar.name, wanted)
      const until = nowMs() + (warm.has(grammar.name) ? warmBudgetMs : coldBudgetMs)
      const lines: (readonly CodeToken[])[] = []
      const source = text.split('\n')
      for (let at = 0; at < source.length; at += linesAtOnce) {
        lines.push(...colour(source.slice(at, at + linesAtOnce)))
        if (nowMs() > until) return { isTooMuch: true }
      }
      warm.add(grammar.name)
      return { lines }
    },
  }
}

/** Colours lines after lines of one text: each time it goes on in the state in which the last one ended. */
function lineColourer(
  highlighter: HighlighterCore,
  lang: string,
  { name, theme }: NamedTheme,
): (lines: readonly string[]) => readonly (readonly CodeToken[])[] {
  let state: GrammarState | undefined
  return (lines) => {
    const tokens = highlighter.codeToTokensBase(lines.join('\n'), {
      lang,
      theme: name,
      tokenizeTimeLimit: noLineLimit,
      ...(state === undefined ? {} : { grammarState: state }),
    })
    state = highlighter.getLastGrammarState(tokens)
    return tokens.map((line) => line.map((token) => codeToken(token, theme.foreground)))
  }
}

/** What this thread has worked where the runtime knows it, so that a busy machine takes no colours away; else the time. */
function workedMs(): number {
  if (!('threadCpuUsage' in process)) return performance.now()
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
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
