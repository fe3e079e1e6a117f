/** Files in a conversation: what a message says of one, how far one has come, and what can be asked about them. */
import type { ConversationId, MessageId } from './ids.ts'
import type { Placed } from './messages.ts'
import type { MessageState } from './service.ts'

/** The most bytes of a file: as many as its list of hashes names, 63 GiB. */
export const maxFileBytes = 63 * 1024 * 1024 * 1024
/** The most UTF-8 bytes of a file's name: what file systems take. */
export const maxFileNameBytes = 255
/** The most characters of a media type. */
export const maxMediaTypeLength = 127
/** The most bytes of the small picture that travels within a message. */
export const maxThumbnailBytes = 8 * 1024
/** The most pixels of a side of a picture. */
export const maxPictureSide = 65_535
/** The most bytes that one `file/read` returns and one `file/append` brings. */
export const maxPieceBytes = 256 * 1024
/** What is downloaded by itself where the user has not said otherwise: pictures of screens, short texts. */
export const defaultAutomaticBytes = 1024 * 1024

/** What a picture looks like before it is here, by its sender's word. */
export interface Picture {
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** A JPEG, PNG or WebP picture of at most `maxThumbnailBytes`, in base64url. */
  readonly thumbnail?: string
}

/** A file that somebody sent. What is in it travels beside the conversation. */
export interface FileBody extends Placed {
  readonly kind: 'file'
  /** One name, never a path: no separators and no control characters. It may hold letters that turn the reading direction. */
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Such as `text/plain`, by its sender's word: nothing is opened by it. */
  readonly mediaType: string
  readonly picture?: Picture
}

/** Why a file that is wanted does not come at the moment. */
export type FileObstacle =
  /** Nobody who may have it is linked. */
  | 'nobody-online'
  /** Those who are linked do not have it, or what they sent was not it. */
  | 'nobody-has-it'
  /** Others come first. */
  | 'others-first'
  | 'disk-full'
  | 'disk-failing'

/** How far a file is. */
export interface FileState {
  /**
   * - `elsewhere`: not here, and not wanted
   * - `coming`: it is being fetched
   * - `waiting`: it is wanted, and `why` it does not come
   * - `paused`: by the user
   * - `here`: all of it is on this disk
   * - `gone`: the message was taken back or hidden
   */
  readonly kind: 'elsewhere' | 'coming' | 'waiting' | 'paused' | 'here' | 'gone'
  readonly why?: FileObstacle
  /** Bytes that are here and proven. */
  readonly bytes: number
  readonly size: number
  /** While it comes. */
  readonly bytesPerSecond?: number
  readonly secondsLeft?: number
  /** Whoever fetches it from here now: how far they are, and how fast it goes. */
  readonly sending?: { readonly people: number; readonly bytes: number; readonly bytesPerSecond: number }
}

interface FilePlace {
  readonly conversation: ConversationId
  readonly message: MessageId
}

/** Every request about files: its parameters and its result. A refusal is a `ChatError`. */
export interface FileRequests {
  /** Begins to take in a file piece by piece, for `file/send`. It is forgotten when nothing comes for ten minutes. */
  'file/begin': { params: { size: number }; result: { upload: string } }
  /** The next piece, base64url. `bytes`: how many are here now. */
  'file/append': { params: { upload: string; data: string }; result: { bytes: number } }
  /**
   * Sends a file: one of this machine by its absolute path, or what was taken in. It is copied first, encrypted, so that
   * the original may change or go. `file/preparing` tells how far that is, and `file/abandon` with the same token ends it.
   */
  'file/send': {
    params: {
      conversation: ConversationId
      path?: string
      upload?: string
      name?: string
      mediaType?: string
      picture?: Picture
      token?: string
    } & Pick<Placed, 'replyTo' | 'thread'>
    result: { id: MessageId; seq: number; state: MessageState }
  }
  /**
   * Passes a file that is here on to another conversation, `to`, as a message of its own: nothing of it is copied or
   * unsealed, whoever is there gets it from the copy that lies here.
   */
  'file/forward': {
    params: FilePlace & { to: ConversationId; token?: string }
    result: { id: MessageId; seq: number; state: MessageState }
  }
  /** Stops what is being prepared under this token, or an upload. */
  'file/abandon': { params: { token: string }; result: null }
  'file/state': { params: FilePlace; result: FileState }
  /** Fetches a file, or goes on with it. */
  'file/download': { params: FilePlace; result: FileState }
  'file/pause': { params: FilePlace; result: FileState }
  /** Stops, and removes from this disk what came. Own files stay. */
  'file/cancel': { params: FilePlace; result: FileState }
  /** Writes a file that is here to an absolute path, decrypted. What is there already is replaced only with `replace`. */
  'file/save': { params: FilePlace & { path: string; replace?: boolean }; result: { bytes: number } }
  /** A piece of a file that is here, base64url. */
  'file/read': { params: FilePlace & { at: number; length: number }; result: { data: string } }
  /** Up to how many bytes files are fetched without being asked for; 0 for none. Tells, and changes where it is given. */
  'file/automatic': { params: { bytes?: number }; result: { bytes: number } }
}

export interface FileNotifications {
  /** How far a file is: at most twice a second while it moves. */
  'file/progress': FilePlace & { readonly state: FileState }
  /** How far a file is that is to be sent. */
  'file/preparing': { readonly token: string; readonly bytes: number; readonly size: number }
}
