/** What each request about files does, once its parameters are parsed. */
import { chatError } from '../../shared/chatError.ts'
import { maxPieceBytes, type FileRequests } from '../../shared/files.ts'
import { fromBase64url, toBase64url } from '../codec/base64url.ts'
import { readFileBlocks, readFilePiece } from '../files/fileReader.ts'
import { conversationOf, openConversationOf } from './lookup.ts'
import type { RequestContext } from './requests.ts'

type Handlers = {
  readonly [M in keyof FileRequests]: (
    context: RequestContext,
    params: FileRequests[M]['params'],
  ) => Promise<FileRequests[M]['result']> | FileRequests[M]['result']
}

export const fileHandlers: Handlers = {
  'file/begin': async ({ engine }, { size }) => ({ upload: await engine().sending.uploads.begin(size) }),
  'file/append': async ({ engine }, { upload, data }) => {
    const piece = fromBase64url(data)
    if (piece === undefined || piece.length > maxPieceBytes) throw chatError('invalid-params', 'file/append')
    return { bytes: await engine().sending.uploads.append(upload, piece) }
  },
  'file/send': ({ engine }, params) => engine().sending.send(openConversationOf(engine(), params.conversation), params),
  'file/forward': ({ engine }, { conversation, message, to, token }) => {
    const { files, sending } = engine()
    const target = openConversationOf(engine(), to)
    return sending.forward(target, () => files.require(conversationOf(engine(), conversation), message), token)
  },
  'file/abandon': async ({ engine }, { token }) => {
    await engine().sending.abandon(token)
    return null
  },
  'file/state': ({ engine }, { conversation, message }) =>
    engine().files.stateOf(conversationOf(engine(), conversation), message),
  'file/download': ({ engine }, { conversation, message }) =>
    engine().files.download(conversationOf(engine(), conversation), message),
  'file/pause': ({ engine }, { conversation, message }) =>
    engine().files.pause(conversationOf(engine(), conversation), message),
  'file/cancel': ({ engine }, { conversation, message }) =>
    engine().files.cancel(conversationOf(engine(), conversation), message),
  'file/save': async ({ engine, files }, { conversation, message, path, replace = false }) => {
    const found = engine().files.require(conversationOf(engine(), conversation), message)
    await files.write(path, readFileBlocks(found), !replace)
    return { bytes: found.file.size }
  },
  'file/read': async ({ engine }, { conversation, message, at, length }) => {
    const found = engine().files.require(conversationOf(engine(), conversation), message)
    return { data: toBase64url(await readFilePiece(found, at, length)) }
  },
  'file/automatic': async ({ engine }, { bytes }) => {
    const { settings } = engine().files
    if (bytes !== undefined) await settings.setAutomaticBytes(bytes)
    return { bytes: settings.automaticBytes }
  },
}
