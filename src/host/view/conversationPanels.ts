import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import { parseConversationId } from '../../shared/ids.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { safeName } from '../text/safeName.ts'
import type { ConversationPort } from './webviewPort.ts'
import { openConversationWebview } from './conversationWebview.ts'
import type { ConversationWebviewInit } from './conversationWebview.ts'
import type { Composing } from './desk.ts'
import type { RevealedPlace } from './wantedPlace.ts'

/** Conversations in editor tabs, one tab each, back after a reload of the window. */
export interface ConversationPanels extends Disposable {
  open(conversation: ConversationId): void
  /** The conversation of the tab that is in front and has the keyboard. */
  readonly active: ConversationId | undefined
  /** Shows one message in the tab of its conversation; `false` where there is none. */
  reveal(place: RevealedPlace): boolean
  /** Lets the tab of a conversation go on with a message. */
  compose(conversation: ConversationId, mode: Composing, message: MessageId): void
}

const viewType = 'tincan.conversationEditor'
const mementoKey = 'tincan.openTabs'
const maxRemembered = 16

export function createConversationPanels(init: ConversationWebviewInit, memento: vscode.Memento): ConversationPanels {
  const panels = new Map<ConversationId, vscode.WebviewPanel>()
  const ports = new Map<ConversationId, ConversationPort>()
  /** Open tabs, also those of the last session that were not shown yet: a webview may have kept no state of its own. */
  let remembered = readIds(memento.get(mementoKey))
  const remember = (ids: readonly ConversationId[]): void => {
    remembered = ids.slice(-maxRemembered)
    void memento.update(mementoKey, remembered)
  }

  const title = (conversation: ConversationId): string => {
    const found = init.model.snapshot.conversations.find(({ id }) => id === conversation)
    return found === undefined ? 'Tincan' : safeName(found.title)
  }
  const adopt = (panel: vscode.WebviewPanel, conversation: ConversationId): void => {
    const port = openConversationWebview(init, panel, panel.onDidChangeViewState)
    panel.title = title(conversation)
    panel.iconPath = {
      light: vscode.Uri.joinPath(init.extensionUri, 'media', 'tab-light.svg'),
      dark: vscode.Uri.joinPath(init.extensionUri, 'media', 'tab-dark.svg'),
    }
    panels.set(conversation, panel)
    ports.set(conversation, port)
    remember([...remembered.filter((id) => id !== conversation), conversation])
    port.show(conversation)
    const held = init.model.onDidChange(() => {
      if (init.model.snapshot.conversations.length > 0) panel.title = title(conversation)
    })
    panel.onDidDispose(() => {
      held.dispose()
      port.dispose()
      panels.delete(conversation)
      ports.delete(conversation)
      remember(remembered.filter((id) => id !== conversation))
    })
  }

  const serializer = vscode.window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel(panel, state: unknown) {
      const conversation = conversationOfState(state) ?? remembered.find((id) => !panels.has(id))
      if (conversation === undefined || panels.has(conversation)) panel.dispose()
      else adopt(panel, conversation)
      return Promise.resolve()
    },
  })
  const removal = init.model.on('conversation/removed', ({ conversation }) => void panels.get(conversation)?.dispose())
  return {
    open(conversation) {
      const existing = panels.get(conversation)
      if (existing !== undefined) {
        existing.reveal()
        return
      }
      adopt(vscode.window.createWebviewPanel(viewType, 'Tincan', vscode.ViewColumn.Active), conversation)
    },
    get active() {
      return [...panels].find(([, panel]) => panel.active)?.[0]
    },
    reveal(place) {
      panels.get(place.conversation)?.reveal()
      ports.get(place.conversation)?.reveal(place)
      return ports.has(place.conversation)
    },
    compose: (conversation, mode, message) => ports.get(conversation)?.compose(mode, message),
    dispose: () => {
      removal.dispose()
      serializer.dispose()
    },
  }
}

function conversationOfState(state: unknown): ConversationId | undefined {
  return typeof state === 'object' && state !== null && 'conversation' in state
    ? parseConversationId(state.conversation)
    : undefined
}

function readIds(value: unknown): readonly ConversationId[] {
  return Array.isArray(value) ? value.map(parseConversationId).filter((id) => id !== undefined) : []
}
