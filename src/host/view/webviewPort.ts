import type * as vscode from 'vscode'
import type { Log } from '../../core/ports/log.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { HostToWebview } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Highlight } from './codePort.ts'
import type { Composing, Desk } from './desk.ts'
import type { RevealedPlace } from './wantedPlace.ts'

export interface ConversationPortInit {
  readonly model: ChatModel
  readonly desk: Desk
  readonly highlight: Highlight
  readonly post: (message: HostToWebview) => void
  readonly l10n: Pick<typeof vscode.l10n, 't'>
  readonly locale: string
  /** The view's sentences in the user's language. */
  readonly strings: Readonly<Record<string, string>>
  readonly log: Log
}

/** One webview's end on the host's side: what it is shown, and what it may ask for. */
export interface ConversationPort extends Disposable {
  /** Anything the webview sent. What is not a known message is dropped. */
  receive(message: unknown): void
  /** Shows a conversation; `undefined`: none is chosen. */
  show(conversation: ConversationId | undefined): void
  /** Shows the recovery phrase until the user is done with it. */
  showPhrase(words: readonly string[]): void
  focusComposer(): void
  /** Shows a conversation at one of its messages, with what was looked for marked in it. */
  reveal(place: RevealedPlace): void
  /** Lets the view go on with a message: answer it, change it, select it, or show its thread. */
  compose(mode: Composing, message: MessageId): void
  themeChanged(): void
  /** The repositories among the open folders are others. */
  clonesChanged(): void
  /** The editor let go of the page: what it is to show waits until there is a new one that says it is ready. */
  pageGone(): void
  /** Whether somebody can be looking at the webview now. */
  setAttentive(isAttentive: boolean): void
}
