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

/** The answer to `code`: `lines` is absent where the code stays plain. */
export interface FromWorker {
  readonly id: number
  readonly lines?: readonly (readonly CodeToken[])[]
}
