import type { FileAttachment } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { scanFile, scannedBytes, warningOf } from './fileGuard.ts'

/** A file that a view hands over piece by piece. */
export interface TakenIn {
  /** Takes the next piece. True: more is to come. Rejects with what the chat refuses. */
  append(piece: Uint8Array): Promise<boolean>
  /** Whether all of it is here before a piece came: it is empty. */
  readonly isWhole: boolean
  /** Nothing more comes of it: it is not attached any more. */
  end(): Promise<void>
}

type Changes = { readonly taken?: number; readonly warning?: string | undefined }

/** `tell`: how far it is, and what the guard says of its beginning, for the chip that stands for it. */
export function createTakenIn(init: {
  readonly model: Pick<ChatModel, 'request'>
  readonly upload: string
  readonly name: string
  readonly size: FileAttachment['file']['size']
  readonly tell: (changes: Changes) => void
  readonly drop: () => Promise<void>
}): TakenIn {
  const { model, upload, name, size, tell, drop } = init
  const beginning: Uint8Array[] = []
  let taken = 0
  let isScanned = false

  /** As soon as enough is here, and before the last piece is told: nothing can be sent unseen. */
  const scan = async (): Promise<void> => {
    if (isScanned || (taken < size && taken < scannedBytes)) return
    isScanned = true
    const warning = warningOf(await scanFile(name, Buffer.concat(beginning.splice(0))))
    if (warning !== undefined) tell({ warning })
  }

  return {
    isWhole: size === 0,
    end: drop,
    async append(piece) {
      if (!isScanned) beginning.push(piece)
      const data = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('base64url')
      const { bytes } = await model.request('file/append', { upload, data })
      taken = bytes
      await scan()
      tell({ taken })
      return taken < size
    },
  }
}
