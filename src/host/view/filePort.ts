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
  /** The page is gone, and with it the bytes that it was handing over and what it wanted to be told. */
  forgetPage(): void
}

export function createFilePort(init: {
  readonly model: Pick<ChatModel, 'on' | 'onDidChangeLeader'>
  readonly desk: Pick<Desk, 'files' | 'attachments'>
  readonly post: (message: FileToWebview) => void
  readonly log: Log
  /** Whether the view shows this conversation now. */
  readonly isShown: (conversation: ConversationId) => boolean
}): FilePort {
  const { model, desk, post, log, isShown } = init
  const held = new DisposableStore()
  const watched = new Map<MessageId, ConversationId>()
  /** What the page of now hands over, by its numbers: another page counts anew. */
  let uploads = new Map<number, TakenIn>()

  const run = async (request: Extract<FileToHost, { type: 'file' }>): Promise<void> => {
    const answer = await desk.files(request)
    if (answer !== undefined) post(answer)
  }

  const append = async (upload: number, data: Uint8Array): Promise<void> => {
    const own = uploads
    const taken = own.get(upload)
    const goOn = (isOver: boolean): void => {
      if (isOver) own.delete(upload)
      if (own === uploads) post({ type: 'uploadNext', upload, isOver })
    }
    try {
      goOn((await taken?.append(data)) !== true)
    } catch (error) {
      goOn(true)
      await taken?.end()
      throw error
    }
  }

  const begin = async (message: Extract<FileToHost, { type: 'uploadBegin' }>): Promise<void> => {
    const { upload, conversation, name, size, picture } = message
    const own = uploads
    const taken = await desk.attachments.takeIn(conversation, { name, size, ...(picture && { picture }) })
    if (own !== uploads) return taken?.end()
    if (taken !== undefined) own.set(upload, taken)
    post({ type: 'uploadNext', upload, isOver: taken === undefined || taken.isWhole })
  }

  const forgetPage = (): void => {
    watched.clear()
    const gone = uploads
    uploads = new Map()
    for (const taken of gone.values())
      taken.end().catch((error: unknown) => log.error('an upload could not be ended', error))
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
    desk.attachments.onWantsThumbnail(({ conversation, id, data }) => {
      // Of all views the one in which it was attached: it is many bytes.
      if (isShown(conversation)) post({ type: 'makeThumbnail', id, data })
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
        case 'uploadBegin':
          return begin(message)
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
    forgetPage,
    dispose() {
      held.dispose()
      forgetPage()
    },
  }
}
