import type { SnippetBody } from '../../shared/code.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { maxAttachments } from '../../shared/webviewProtocol.ts'
import type { Attachment } from '../../shared/webviewProtocol.ts'

/** What is attached to the messages that are being written in this window: in memory only, and gone with the window. */
export interface AttachmentShelf extends Disposable {
  /** In the order of attaching. */
  list(conversation: ConversationId): readonly Attachment[]
  /** `warning`: what the guard says of it. Answers whether there was room for it. */
  add(conversation: ConversationId, body: SnippetBody, warning?: string): boolean
  remove(conversation: ConversationId, id: number): void
  readonly onDidChange: Event<ConversationId>
}

export function createAttachmentShelf(): AttachmentShelf {
  const shelves = new Map<ConversationId, readonly Attachment[]>()
  const changed = new Emitter<ConversationId>()
  let lastId = 0
  const list = (conversation: ConversationId): readonly Attachment[] => shelves.get(conversation) ?? []
  const set = (conversation: ConversationId, attachments: readonly Attachment[]): void => {
    if (attachments.length === 0) shelves.delete(conversation)
    else shelves.set(conversation, attachments)
    changed.fire(conversation)
  }
  return {
    list,
    add(conversation, body, warning) {
      const before = list(conversation)
      if (before.length >= maxAttachments) return false
      lastId += 1
      set(conversation, [...before, { id: lastId, body, ...(warning === undefined ? {} : { warning }) }])
      return true
    },
    remove(conversation, id) {
      const before = list(conversation)
      const after = before.filter((attachment) => attachment.id !== id)
      if (after.length < before.length) set(conversation, after)
    },
    onDidChange: changed.event,
    dispose() {
      shelves.clear()
      changed.dispose()
    },
  }
}
