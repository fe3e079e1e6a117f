import { randomBytes } from 'node:crypto'
import * as vscode from 'vscode'
import type { Log } from '../../core/ports/log.ts'
import type { Event } from '../../shared/disposable.ts'
import { viewStrings } from '../../shared/viewStrings.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Highlight } from './codePort.ts'
import { createConversationPort } from './conversationPort.ts'
import type { ConversationPort } from './webviewPort.ts'
import type { Desk } from './desk.ts'
import { webviewPage } from './webviewPage.ts'

/** What every conversation webview is made from. */
export interface ConversationWebviewInit {
  readonly extensionUri: vscode.Uri
  readonly model: ChatModel
  readonly desk: Desk
  readonly highlight: Highlight
  readonly onDidChangeTheme: vscode.Event<void>
  readonly onDidChangeClones: Event<void>
  readonly log: Log
}

/** A webview or a webview panel, as far as both are alike. */
export interface WebviewPlace {
  readonly webview: vscode.Webview
  readonly visible: boolean
}

/**
 * Fills a webview with a conversation view, and answers it until the port is disposed. `onDidChangePlace`: the place was
 * shown or hidden, or has got or lost the keyboard.
 */
export function openConversationWebview(
  init: ConversationWebviewInit,
  place: WebviewPlace,
  onDidChangePlace: vscode.Event<unknown>,
): ConversationPort {
  const { webview } = place
  const bundle = vscode.Uri.joinPath(init.extensionUri, 'dist', 'webview')
  const media = vscode.Uri.joinPath(init.extensionUri, 'media')
  const address = (folder: vscode.Uri, name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString()

  const port = createConversationPort({
    model: init.model,
    desk: init.desk,
    highlight: init.highlight,
    post: (message) => void webview.postMessage(message),
    l10n: vscode.l10n,
    locale: vscode.env.language,
    strings: Object.fromEntries(Object.entries(viewStrings).map(([key, text]) => [key, vscode.l10n.t(text)])),
    log: init.log,
  })
  const attend = (): void => port.setAttentive(isWatched(place))
  const held = vscode.Disposable.from(
    onDidChangePlace(() => {
      attend()
      if (!place.visible) port.pageGone()
    }),
    webview.onDidReceiveMessage((message: unknown) => port.receive(message)),
    vscode.window.onDidChangeWindowState(attend),
    init.onDidChangeTheme(() => port.themeChanged()),
    init.onDidChangeClones(() => port.clonesChanged()),
  )
  webview.options = { enableScripts: true, localResourceRoots: [bundle, media] }
  webview.html = webviewPage({
    nonce: randomBytes(16).toString('base64url'),
    cspSource: webview.cspSource,
    script: address(bundle, 'main.js'),
    styles: [address(bundle, 'codicon.css'), address(media, 'conversation.css')],
    locale: vscode.env.language,
    title: 'Tincan',
  })
  attend()
  return {
    ...port,
    dispose() {
      held.dispose()
      port.dispose()
    },
  }
}

/** Whether somebody can be looking at a webview now. */
const isWatched = (place: WebviewPlace): boolean => place.visible && vscode.window.state.focused
