import type { FileAction, FileToHost } from './fileProtocol.ts'
import { uploadPieceBytes } from './fileProtocol.ts'
import { maxPictureSide, maxThumbnailBytes, type Picture } from './files.ts'
import { parseText } from './boundedText.ts'
import { parseConversationId, parseMessageId } from './ids.ts'

type Read = (field: string) => unknown
type Parsers = {
  readonly [T in FileToHost['type']]: (read: Read) => Extract<FileToHost, { type: T }> | undefined
}

/** Longer than the name of any file: what is too long for one is shortened. */
const maxGivenNameBytes = 4096
const actions: readonly FileAction[] = ['watch', 'download', 'pause', 'cancel', 'save', 'show', 'open']

/** What a webview says of files, field by field. */
export const fileMessageParsers: Parsers = {
  file: (read) => {
    const action = actions.find((known) => known === read('action'))
    const conversation = parseConversationId(read('conversation'))
    const message = parseMessageId(read('message'))
    if (action === undefined || conversation === undefined || message === undefined) return undefined
    return { type: 'file', action, conversation, message }
  },
  pickFiles: (read) => {
    const conversation = parseConversationId(read('conversation'))
    return conversation && { type: 'pickFiles', conversation }
  },
  uploadBegin: (read) => {
    const conversation = parseConversationId(read('conversation'))
    const [upload, size] = [parseCount(read('upload')), parseCount(read('size'))]
    const name = parseText(read('name'), maxGivenNameBytes)
    const picture = read('picture') === undefined ? undefined : parseShownPicture(read('picture'))
    if (conversation === undefined || upload === undefined || size === undefined || name === undefined) return undefined
    if (read('picture') !== undefined && picture === undefined) return undefined
    return { type: 'uploadBegin', conversation, upload, name, size, ...(picture && { picture }) }
  },
  uploadPiece: (read) => {
    const [upload, data] = [parseCount(read('upload')), read('data')]
    if (upload === undefined || !(data instanceof Uint8Array)) return undefined
    return data.length <= uploadPieceBytes ? { type: 'uploadPiece', upload, data } : undefined
  },
  uploadEnd: (read) => {
    const upload = parseCount(read('upload'))
    return upload === undefined ? undefined : { type: 'uploadEnd', upload }
  },
  thumbnail: (read) => {
    const id = parseCount(read('id'))
    const picture = read('picture') === undefined ? undefined : parseShownPicture(read('picture'))
    if (id === undefined || (read('picture') !== undefined && picture === undefined)) return undefined
    return { type: 'thumbnail', id, ...(picture && { picture }) }
  },
}

/** Whether a message of a webview is about files. */
export const isFileMessage = (message: { readonly type: string }): message is FileToHost =>
  Object.hasOwn(fileMessageParsers, message.type)

/** Its form alone: whether the thumbnail is a picture is for the core to say. */
function parseShownPicture(value: unknown): Picture | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const read: Read = (field) => (Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined)
  const [width, height, thumbnail] = [parseCount(read('width')), parseCount(read('height')), read('thumbnail')]
  if (width === undefined || height === undefined || width < 1 || height < 1) return undefined
  if (Math.max(width, height) > maxPictureSide) return undefined
  if (thumbnail === undefined) return { width, height }
  const isText =
    typeof thumbnail === 'string' && thumbnail.length <= 2 * maxThumbnailBytes && /^[\w-]+$/.test(thumbnail)
  return isText ? { width, height, thumbnail } : undefined
}

function parseCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
