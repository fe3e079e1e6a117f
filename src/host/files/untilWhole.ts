import type { ConversationId } from '../../shared/ids.ts'
import type { FileAttachment } from '../../shared/webviewProtocol.ts'
import type { AttachmentShelf } from '../attach/attachmentShelf.ts'

/** What is attached under a number once all of it is here; `undefined` where it is not attached any more. */
export function untilWhole(
  shelf: Pick<AttachmentShelf, 'list' | 'onDidChange'>,
  conversation: ConversationId,
  id: number,
): Promise<FileAttachment | undefined> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = shelf.list(conversation).find((one) => one.id === id)
      const file = found !== undefined && 'file' in found ? found : undefined
      if (file !== undefined && file.file.taken < file.file.size) return
      watch.dispose()
      resolve(file)
    }
    const watch = shelf.onDidChange(look)
    look()
  })
}
