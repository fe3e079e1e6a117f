import { randomBytes } from 'node:crypto'
import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { Card } from '../../shared/card.ts'
import { parseCardMessage } from '../../shared/card.ts'
import type { Boundary } from '../boundary.ts'
import { webviewPage } from '../view/webviewPage.ts'

export interface CardPanelInit {
  readonly extensionUri: vscode.Uri
  readonly boundary: Boundary
  readonly title: string
  /** What to do when something on the card is pressed, by the name that the card gave it. */
  readonly act: (action: string) => Promise<void>
  readonly onDispose: () => void
}

/** A tab with a card on it. */
export interface CardPanel extends Disposable {
  /** Nothing happens where it is the one that is shown. */
  show(card: Card): void
  reveal(): void
}

/** Opens a tab for a card. What the page answers is only heeded where the card that is shown offers it. */
export function createCardPanel(init: CardPanelInit): CardPanel {
  const { extensionUri, boundary } = init
  const bundle = vscode.Uri.joinPath(extensionUri, 'dist', 'webview')
  const media = vscode.Uri.joinPath(extensionUri, 'media')
  const panel = vscode.window.createWebviewPanel('tincan.card', init.title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [bundle, media],
  })
  const { webview } = panel
  const address = (folder: vscode.Uri, name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString()
  let shown: Card | undefined

  const post = (): void => {
    if (shown !== undefined) void webview.postMessage({ type: 'card', card: shown })
  }
  const held = vscode.Disposable.from(
    webview.onDidReceiveMessage((value: unknown) => {
      const message = parseCardMessage(value)
      if (message?.type === 'ready') post()
      else if (message?.type === 'act' && offers(shown, message.action))
        void boundary.run('a card', () => init.act(message.action))
    }),
  )
  panel.iconPath = {
    light: vscode.Uri.joinPath(media, 'tab-light.svg'),
    dark: vscode.Uri.joinPath(media, 'tab-dark.svg'),
  }
  panel.onDidDispose(() => {
    held.dispose()
    init.onDispose()
  })
  webview.html = webviewPage({
    nonce: randomBytes(16).toString('base64url'),
    cspSource: webview.cspSource,
    script: address(bundle, 'card.js'),
    styles: [address(bundle, 'codicon.css'), address(media, 'conversation.css'), address(media, 'card.css')],
    locale: vscode.env.language,
    title: init.title,
  })
  return {
    show(card) {
      if (JSON.stringify(card) === JSON.stringify(shown)) return
      shown = card
      panel.title = card.title
      post()
    },
    reveal: () => panel.reveal(),
    dispose: () => void panel.dispose(),
  }
}

/** Whether something that can be pressed on a card has this name. */
const offers = (card: Card | undefined, action: string): boolean =>
  card?.sections.some(({ parts }) =>
    parts.some(
      (part) => part.kind === 'actions' && part.actions.some(({ id, disabled }) => id === action && disabled !== true),
    ),
  ) === true
