import type { FileState, Picture } from './files.ts'
import type { ConversationId, MessageId } from './ids.ts'

/** The most bytes of a picture that is shown within a conversation, or made a thumbnail of. */
export const maxShownBytes = 16 * 1024 * 1024
/** Pictures up to this many bytes are shown as soon as they are here; larger ones on request. */
export const shownAtOnceBytes = 1024 * 1024
/** The most bytes of a text that is opened in the editor. */
export const maxOpenedBytes = 1024 * 1024
/** The most bytes that the webview hands over at once of a file that is dropped or pasted there. */
export const uploadPieceBytes = 252 * 1024

/** `watch`: says how far the file is, now and whenever that changes. `show`: hands over the bytes of a picture. */
export type FileAction = 'watch' | 'download' | 'pause' | 'cancel' | 'save' | 'show' | 'open'

/** What a webview asks of files. */
export type FileToHost =
  | {
      readonly type: 'file'
      readonly action: FileAction
      readonly conversation: ConversationId
      readonly message: MessageId
    }
  /** Asks which files of this machine are to be attached. */
  | { readonly type: 'pickFiles'; readonly conversation: ConversationId }
  /** A file without a path was dropped or pasted. It comes piece by piece, each when `uploadNext` asks for it. */
  | {
      readonly type: 'uploadBegin'
      readonly conversation: ConversationId
      readonly upload: number
      readonly name: string
      readonly size: number
      readonly picture?: Picture
    }
  | { readonly type: 'uploadPiece'; readonly upload: number; readonly data: Uint8Array }
  /** It cannot be read any more. */
  | { readonly type: 'uploadEnd'; readonly upload: number }
  /** Answers `makeThumbnail`; without a picture where none could be made. */
  | { readonly type: 'thumbnail'; readonly id: number; readonly picture?: Picture }

/** What the host says of files. */
export type FileToWebview =
  | { readonly type: 'fileState'; readonly message: MessageId; readonly state: FileState }
  | { readonly type: 'fileContent'; readonly message: MessageId; readonly data: Uint8Array }
  /** The next piece may come, or (`isOver`) nothing more is taken of it. */
  | { readonly type: 'uploadNext'; readonly upload: number; readonly isOver: boolean }
  /** Asks for a small picture of a picture that is attached. */
  | { readonly type: 'makeThumbnail'; readonly id: number; readonly data: Uint8Array }
