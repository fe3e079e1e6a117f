/**
 * What other extensions can use: `vscode.extensions.getExtension('tincan.tincan')?.exports` once Tincan is active. README
 * documents it. They can post, with the user's consent, and learn nothing: neither who is there nor what is said.
 */

/** A text (Markdown), or a piece of code that shows as a card. */
export type PostBody =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'snippet'
      /** A VS Code language id. */
      readonly language: string
      readonly text: string
      /** Relative to the workspace, with forward slashes. */
      readonly path?: string
      /** 1-based, inclusive. */
      readonly lines?: { readonly first: number; readonly last: number }
    }
  /** A unified diff in git's format. */
  | { readonly kind: 'patch'; readonly text: string; readonly title?: string }

/** `declined` also where nobody answered, or there is nobody to post to. */
export type PostOutcome = 'sent' | 'declined'

export interface TincanApi {
  readonly version: 1
  /** What the extension of this id (`publisher.name`) can do. Throws a `RangeError` where there is none. */
  forExtension(id: string): ExtensionApi
}

export interface ExtensionApi {
  /**
   * Asks the user whether, and where, this is to be posted in their name; without asking where they have allowed this
   * extension to post for good. Whatever looks like a secret is asked about each time. Rejects with a `TypeError` for a body
   * that cannot be sent, and with a `RangeError` for one that is too long or when posts come too fast.
   */
  post(body: PostBody): Promise<PostOutcome>
}
