import * as vscode from 'vscode'
import { Emitter } from '../../shared/disposable.ts'
import type { Event } from '../../shared/disposable.ts'
import { parseConversationId } from '../../shared/ids.ts'
import type { ConversationId } from '../../shared/ids.ts'

/** Which conversation the view in the side bar shows; remembered with the workspace. */
export interface OpenConversation {
  readonly current: ConversationId | undefined
  readonly onDidChange: Event<ConversationId | undefined>
  set(conversation: ConversationId): void
  /** Shows a conversation in the side bar, brings the view to the front, and puts the keyboard into its composer. */
  reveal(conversation: ConversationId): Promise<void>
}

const mementoKey = 'tincan.openConversation'

export function createOpenConversation(memento: vscode.Memento): OpenConversation {
  const changed = new Emitter<ConversationId | undefined>()
  let current = parseConversationId(memento.get(mementoKey))
  const set = (conversation: ConversationId): void => {
    if (current === conversation) return
    current = conversation
    void memento.update(mementoKey, conversation)
    changed.fire(conversation)
  }
  return {
    get current() {
      return current
    },
    onDidChange: changed.event,
    set,
    async reveal(conversation) {
      set(conversation)
      await vscode.commands.executeCommand('tincan.focusComposer')
    },
  }
}
