/** Parameters of the requests about files. */
import { maxFilePathLength } from '../../shared/archive.ts'
import { chatError } from '../../shared/chatError.ts'
import { maxFileBytes, maxPieceBytes, type FileRequests } from '../../shared/files.ts'
import { isFileName } from '../../shared/fileName.ts'
import { parseConversationId, parseMessageId } from '../../shared/ids.ts'
import { isMediaType, parsePicture } from '../body/fileBody.ts'
import { parsePlace } from '../body/parseSendBody.ts'
import type { Fields } from './fields.ts'
import { flag, partial, text, whole, wholeNumber } from './fields.ts'

type Parsers = { readonly [M in keyof FileRequests]: (fields: Fields) => FileRequests[M]['params'] | undefined }

/** Base64url takes four digits for three bytes. */
const maxDataLength = Math.ceil((maxPieceBytes * 4) / 3)

const place = ({ conversation, message }: Fields): FileRequests['file/state']['params'] | undefined =>
  whole({ conversation: parseConversationId(conversation), message: parseMessageId(message) })

const filePath = (value: unknown): string | undefined => {
  const path = text(value, maxFilePathLength)
  return path === undefined || path === '' || path.includes('\0') ? undefined : path
}

/** Base64url of something; whether it is whole shows when it is decoded. */
const digits = (value: unknown): string | undefined => {
  const data = text(value, maxDataLength)
  return data !== undefined && /^[\w-]+$/.test(data) ? data : undefined
}

/** 32 hex digits. */
const token = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[0-9a-f]{32}$/.test(value) ? value : undefined

export const fileParsers: Parsers = {
  'file/begin': ({ size }) => {
    if (Number.isSafeInteger(size) && Number(size) > maxFileBytes) throw chatError('file-too-large')
    return whole({ size: wholeNumber(size, 0, maxFileBytes) })
  },
  'file/append': ({ upload, data }) => whole({ upload: token(upload), data: digits(data) }),
  'file/send': (fields) => {
    const required = whole({ conversation: parseConversationId(fields['conversation']) })
    const options = partial<Omit<FileRequests['file/send']['params'], 'conversation' | 'replyTo' | 'thread'>>({
      path: [fields['path'], filePath(fields['path'])],
      upload: [fields['upload'], token(fields['upload'])],
      name: [fields['name'], isFileName(fields['name']) ? fields['name'] : undefined],
      mediaType: [fields['mediaType'], isMediaType(fields['mediaType']) ? fields['mediaType'] : undefined],
      picture: [fields['picture'], parsePicture(fields['picture'])],
      token: [fields['token'], token(fields['token'])],
    })
    const { replyTo, thread } = fields
    const at = parsePlace({ replyTo, thread })
    if (required === undefined || options === undefined || at === undefined) return undefined
    // One of the two, and a name where no path has one.
    const isNamed = options.path === undefined ? options.upload !== undefined && options.name !== undefined : true
    const isOne = (options.path === undefined) !== (options.upload === undefined)
    return isNamed && isOne ? { ...required, ...options, ...at } : undefined
  },
  'file/forward': (fields) => {
    const at = place(fields)
    const required = at && whole({ ...at, to: parseConversationId(fields['to']) })
    const options = partial<{ token: string }>({ token: [fields['token'], token(fields['token'])] })
    return required && options && { ...required, ...options }
  },
  'file/abandon': (fields) => whole({ token: token(fields['token']) }),
  'file/state': place,
  'file/download': place,
  'file/pause': place,
  'file/cancel': place,
  'file/save': (fields) => {
    const at = place(fields)
    const required = at && whole({ ...at, path: filePath(fields['path']) })
    const options = partial<{ replace: boolean }>({ replace: [fields['replace'], flag(fields['replace'])] })
    return required && options && { ...required, ...options }
  },
  'file/read': (fields) => {
    const at = place(fields)
    const from = wholeNumber(fields['at'], 0, maxFileBytes)
    return at && whole({ ...at, at: from, length: wholeNumber(fields['length'], 1, maxPieceBytes) })
  },
  'file/automatic': ({ bytes }) => partial({ bytes: [bytes, wholeNumber(bytes, 0, maxFileBytes)] }),
}
