import type { Log } from '../../core/ports/log.ts'
import { DisposableStore, type Disposable } from '../../shared/disposable.ts'
import type { FileToHost, FileToWebview } from '../../shared/fileProtocol.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { TakenIn } from '../files/takenIn.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Desk } from './desk.ts'

/** A webview's end on the host's side, as far as files are concerned. */
export interface FilePort extends Disposable {
  handle(message: FileToHost): Promise<void>
}

export function createFilePort(init: {
  readonly model: Pick<ChatModel, 'on' | 'onDidChangeLeader'>
  readonly desk: Pick<Desk, 'files' | 'attachments'>
  readonly post: (message: FileToWebview) => void
  readonly log: Log
}): FilePort {
  const { model, desk, post, log } = init
  const held = new DisposableStore()
  const watched = new Map<MessageId, ConversationId>()
  const uploads = new Map<number, TakenIn>()

  const run = async (request: Extract<FileToHost, { type: 'file' }>): Promise<void> => {
    const answer = await desk.files(request)
    if (answer !== undefined) post(answer)
  }

  const append = async (upload: number, data: Uint8Array): Promise<void> => {
    const taken = uploads.get(upload)
    try {
      const goesOn = (await taken?.append(data)) === true
      if (!goesOn) uploads.delete(upload)
      post({ type: 'uploadNext', upload, isOver: !goesOn })
    } catch (error) {
      uploads.delete(upload)
      post({ type: 'uploadNext', upload, isOver: true })
      await taken?.end()
      throw error
    }
  }

  held.add(
    model.on('file/progress', ({ conversation, message, state }) => {
      if (watched.get(message) === conversation) post({ type: 'fileState', message, state })
    }),
  )
  held.add(
    model.onDidChangeLeader(() => {
      for (const [message, conversation] of watched)
        run({ type: 'file', action: 'watch', conversation, message }).catch((error: unknown) =>
          log.error('a file could not be looked at again', error),
        )
    }),
  )
  held.add(
    desk.attachments.onWantsThumbnail(({ id, data }) => {
      post({ type: 'makeThumbnail', id, data })
    }),
  )
  return {
    async handle(message) {
      switch (message.type) {
        case 'file':
          if (message.action === 'watch') watched.set(message.message, message.conversation)
          return run(message)
        case 'pickFiles':
          return desk.attachments.pickFiles(message.conversation)
        case 'uploadBegin': {
          const { upload, conversation, name, size, picture } = message
          const taken = await desk.attachments.takeIn(conversation, { name, size, ...(picture && { picture }) })
          if (taken !== undefined) uploads.set(upload, taken)
          post({ type: 'uploadNext', upload, isOver: taken === undefined || taken.isWhole })
          return
        }
        case 'uploadPiece':
          return append(message.upload, message.data)
        case 'uploadEnd': {
          const taken = uploads.get(message.upload)
          uploads.delete(message.upload)
          return taken?.end()
        }
        case 'thumbnail':
          desk.attachments.takeThumbnail(message.id, message.picture)
          return
      }
    },
    dispose() {
      held.dispose()
      // Their bytes are in a page that is gone.
      for (const taken of uploads.values())
        taken.end().catch((error: unknown) => log.error('an upload could not be ended', error))
      uploads.clear()
    },
  }
}
