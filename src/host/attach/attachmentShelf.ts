import type { SnippetBody } from '../../shared/code.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { maxAttachments } from '../../shared/webviewProtocol.ts'
import type { Attachment, FileAttachment } from '../../shared/webviewProtocol.ts'

/** What is attached to the messages that are being written in this window: in memory only, and gone with the window. */
export interface AttachmentShelf extends Disposable {
  /** In the order of attaching. */
  list(conversation: ConversationId): readonly Attachment[]
  /** `warning`: what the guard says of it. Answers whether there was room for it. */
  add(conversation: ConversationId, body: SnippetBody, warning?: string): boolean
  /** The same of a file; answers its number, or `undefined` where there is no room. */
  addFile(conversation: ConversationId, file: FileAttachment['file'], warning?: string): number | undefined
  /** More of a file is here, or the guard has said something of it. */
  changeFile(
    conversation: ConversationId,
    id: number,
    changes: { readonly taken?: number; readonly warning?: string | undefined },
  ): void
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
  const put = (
    conversation: ConversationId,
    content: { readonly body: SnippetBody } | { readonly file: FileAttachment['file'] },
    warning: string | undefined,
  ): number | undefined => {
    const before = list(conversation)
    if (before.length >= maxAttachments) return undefined
    lastId += 1
    set(conversation, [...before, { id: lastId, ...content, ...(warning === undefined ? {} : { warning }) }])
    return lastId
  }
  return {
    list,
    add: (conversation, body, warning) => put(conversation, { body }, warning) !== undefined,
    addFile: (conversation, file, warning) => put(conversation, { file }, warning),
    changeFile(conversation, id, { taken, warning }) {
      const before = list(conversation)
      if (!before.some((one) => one.id === id)) return
      set(
        conversation,
        before.map((one) => {
          if (one.id !== id || !('file' in one)) return one
          const file = { ...one.file, ...(taken !== undefined && { taken }) }
          return { ...one, file, ...(warning !== undefined && { warning }) }
        }),
      )
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
