import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { MessageId } from '../../shared/ids.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { viewState } from '../life/firstRun.ts'
import type { FirstRun } from '../life/firstRun.ts'
import type { ConversationPort } from './webviewPort.ts'
import { openConversationWebview } from './conversationWebview.ts'
import type { ConversationWebviewInit } from './conversationWebview.ts'
import type { Composing } from './desk.ts'
import type { RevealedPlace } from './wantedPlace.ts'

/** The view in the side bar: the first run, and the open conversation. */
export interface ConversationView extends Disposable {
  /** Brings the view to the front and shows the recovery phrase in it. */
  showPhrase(words: readonly string[]): Promise<void>
  /** Brings the view to the front and puts the keyboard into its composer. */
  focusComposer(): Promise<void>
  /** Brings the view to the front and shows one message in it. */
  reveal(place: RevealedPlace): Promise<void>
  /** Lets it go on with a message. */
  compose(mode: Composing, message: MessageId): Promise<void>
}

const viewId = 'tincan.conversation'

export function createConversationView(
  init: ConversationWebviewInit,
  shown: OpenConversation,
  firstRun: FirstRun,
): ConversationView {
  let port: ConversationPort | undefined
  /** Asked for before the editor made the view. */
  let waiting: ((port: ConversationPort) => void) | undefined

  const resolveWebviewView = (view: vscode.WebviewView): void => {
    const own = openConversationWebview(init, view, view.onDidChangeVisibility)
    port = own
    own.show(shown.current)
    // While the view is alone in its container, the container's name is enough of a title.
    const entitle = (): void => {
      view.title = viewState(init.model.snapshot, firstRun) === 'ready' ? vscode.l10n.t('Conversation') : 'Tincan'
    }
    entitle()
    const held = vscode.Disposable.from(
      init.model.onDidChange(entitle),
      firstRun.onDidChange(entitle),
      shown.onDidChange((conversation) => own.show(conversation)),
    )
    view.onDidDispose(() => {
      held.dispose()
      own.dispose()
      if (port === own) port = undefined
    })
    waiting?.(own)
    waiting = undefined
  }
  const withPort = async (work: (port: ConversationPort) => void): Promise<void> => {
    await vscode.commands.executeCommand(`${viewId}.focus`)
    if (port === undefined) waiting = work
    else work(port)
  }

  const registration = vscode.window.registerWebviewViewProvider(viewId, { resolveWebviewView })
  return {
    showPhrase: (words) => withPort((own) => own.showPhrase(words)),
    focusComposer: () => withPort((own) => own.focusComposer()),
    reveal: (place) => withPort((own) => own.reveal(place)),
    compose: (mode, message) => withPort((own) => own.compose(mode, message)),
    dispose() {
      registration.dispose()
      port?.dispose()
    },
  }
}
