import { chmodSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import type { Clock } from '../../core/ports/clock.ts'
import type { Log } from '../../core/ports/log.ts'
import type { Random } from '../../core/ports/random.ts'
import { chatError } from '../../shared/chatError.ts'
import { deferred } from '../../shared/deferred.ts'
import type { ChatService } from '../../shared/service.ts'
import { AttentionBoard } from './attentionBoard.ts'
import { openRpcSocket } from './rpcSocket.ts'
import { newAddress, publishAddress, removeTraces } from './windowAddress.ts'
import { admitWindow } from './admitWindow.ts'

/** The most windows attached at once. */
const maxWindows = 64
/** The most sockets that have not proved themselves yet. */
const maxStrangers = 16

export interface WindowServerInit {
  readonly directory: string
  readonly epoch: number
  /** The key that windows prove to have; `undefined` while this leader has none itself. Never rejects. */
  readonly key: () => Promise<Uint8Array | undefined>
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** The leader's door for the other windows of its person. */
export interface WindowServer {
  readonly attention: AttentionBoard
  /** Lets requests through, also those that came before. */
  serve(chat: ChatService): void
  /** Lets nobody in any more, and refuses what is asked from now on with `leader-changed`. */
  stopServing(): void
  /** Closes every socket: whoever was attached finds the lock free, if it was released before. */
  close(): void
}

/** Listens for the other windows. Never rejects: where that is impossible, the leader leads all the same, alone. */
export async function openWindowServer(init: WindowServerInit): Promise<WindowServer> {
  const { directory, epoch, random, log } = init
  const attention = new AttentionBoard()
  const chat = deferred<ChatService>()
  chat.promise.catch(() => undefined)
  let isServing = true
  const windows = new Set<{ dispose(): void }>()
  let strangers = 0

  const server = createServer((socket) => {
    if (!isServing || strangers >= maxStrangers) {
      socket.destroy()
      return
    }
    strangers += 1
    let isStranger = true
    const leaveStrangers = (): void => {
      if (isStranger) strangers -= 1
      isStranger = false
    }
    const window = admitWindow({
      ...init,
      attention,
      open: (maxBytes) => openRpcSocket(socket, maxBytes, log),
      chat: () => (isServing ? chat.promise : Promise.reject(chatError('leader-changed'))),
      isRoomFor: () => windows.size - strangers < maxWindows,
      onAdmitted: leaveStrangers,
    })
    windows.add(window)
    void window.closed.then(() => {
      windows.delete(window)
      leaveStrangers()
    })
  })
  server.unref()
  server.on('error', (error) => log.warn(`Other windows cannot attach: ${error.name}`))
  try {
    removeTraces(directory, epoch)
    const address = newAddress(directory, random)
    if (address === undefined) log.warn('Other windows cannot attach: there is no safe place for a socket')
    else if (await listen(server, address)) publishAddress(directory, { epoch, address })
  } catch (error) {
    log.error('Other windows cannot attach', error)
  }
  return {
    attention,
    serve: (service) => chat.resolve(service),
    stopServing() {
      isServing = false
      chat.reject(chatError('leader-changed'))
    },
    close() {
      isServing = false
      server.close()
      for (const window of windows) window.dispose()
    },
  }
}

function listen(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(address, () => {
      if (process.platform !== 'win32') chmodSync(address, 0o600)
      resolve(true)
    })
  })
}
