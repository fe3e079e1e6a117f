import type { Socket } from 'node:net'
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node'
import type { Log } from '../../core/ports/log.ts'
import { ChatError, chatError, parseChatErrorCode } from '../../shared/chatError.ts'
import { deferred } from '../../shared/deferred.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { FrameGuard } from '../frameGuard.ts'

/** The most bytes that may wait for a window that does not read: more, and it is cut off. */
const maxWaitingBytes = 64 * 1024 * 1024
/** JSON-RPC's code of every refusal; `data.code` tells them apart. */
const refusalNumber = -32000

/** JSON-RPC 2.0 on one socket, bounded in both directions. */
export interface RpcSocket extends Disposable {
  readonly connection: MessageConnection
  /** Resolves once, when nothing more comes or goes. Requests under way are rejected then. */
  readonly closed: Promise<void>
  /** Tells the other end something, unless it stopped reading: then the socket is closed. */
  tell(method: string, params: object): void
}

/** `maxBytes`: the most that the next message from the other end may have. */
export function openRpcSocket(socket: Socket, maxBytes: () => number, log: Log): RpcSocket {
  const guard = new FrameGuard({ source: 'the socket of a window', maxBytes })
  const connection = createMessageConnection(new StreamMessageReader(guard), new StreamMessageWriter(socket))
  let isOpen = true
  const { promise: closed, resolve } = deferred<undefined>()
  const close = (): void => {
    if (!isOpen) return
    isOpen = false
    if (guard.violation !== undefined) log.warn(guard.violation)
    connection.dispose()
    guard.destroy()
    socket.destroy()
    resolve(undefined)
  }
  socket.on('error', () => undefined)
  socket.on('close', close)
  guard.on('close', close)
  connection.onError(close)
  connection.onClose(close)
  // A window never keeps its process alive.
  socket.unref()
  socket.pipe(guard)
  connection.listen()
  return {
    connection,
    closed,
    tell(method, params) {
      if (!isOpen) return
      if (socket.writableLength > maxWaitingBytes) {
        log.warn('A window does not read what it is told: cut off')
        close()
      } else connection.sendNotification(method, params).catch(() => undefined)
    },
    dispose: close,
  }
}

/** A refusal as it travels. What is no `ChatError` is a bug: it becomes `internal` and says no more. */
export function encodeRefusal(error: unknown, log: Log): ResponseError<{ code: string }> {
  if (!(error instanceof ChatError)) log.error('A request of a window failed', error)
  const { code, message } = error instanceof ChatError ? error : chatError('internal')
  return new ResponseError(refusalNumber, message, { code })
}

/** What was refused, as the other end said it; `leader-changed` where it went away before it answered. */
export function decodeRefusal(error: unknown): ChatError {
  if (!(error instanceof ResponseError)) return chatError('leader-changed')
  const data: unknown = error.data
  const code = typeof data === 'object' && data !== null && 'code' in data ? parseChatErrorCode(data.code) : undefined
  if (code === undefined) return chatError(error.code === refusalNumber ? 'internal' : 'leader-changed')
  return new ChatError(code, error.message)
}
