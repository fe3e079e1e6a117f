import type { CodeToken } from '../../shared/webviewProtocol.ts'

/** A theme as a colour theme file has it, as far as code is concerned. */
export interface TokenTheme {
  readonly type: 'dark' | 'light'
  /** `#rrggbb`: what has no colour of its own. */
  readonly foreground: string
  readonly rules: readonly TokenRule[]
}

export interface TokenRule {
  /** TextMate scope selectors; empty for the default. */
  readonly scope: readonly string[]
  readonly foreground?: string
  /** `italic`, `bold`, `underline`, space-separated; the empty string takes a style away. */
  readonly fontStyle?: string
}

/** What the host says to the worker. */
export type ToWorker =
  | { readonly type: 'theme'; readonly theme: TokenTheme }
  | { readonly type: 'code'; readonly id: number; readonly language: string; readonly text: string }

/** What became of a block: its coloured lines, or plain text; `isTooMuch`: because it is too large, or took too long. */
export interface Coloured {
  readonly lines?: readonly (readonly CodeToken[])[]
  readonly isTooMuch?: true
}

/** The answer to `code`. */
export interface FromWorker extends Coloured {
  readonly id: number
}
