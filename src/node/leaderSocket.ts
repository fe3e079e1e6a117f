import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Disposable } from '../shared/disposable.ts'

/** The longest path that a Unix socket can have on every system, in bytes. */
const maxSocketPathBytes = 100
const maxWaiting = 256

/**
 * Where the leader of a data directory listens, in a place closed to other users: in the directory itself, in a
 * directory of its own for temporary files where that path is too long, or a named pipe on Windows. `undefined` where
 * no such place can be had.
 */
export function leaderSocketPath(directory: string): string | undefined {
  const digest = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\tincan-${digest}`
  const inside = join(directory, 'leader.sock')
  if (Buffer.byteLength(inside) <= maxSocketPathBytes) return inside
  const shelter = join(tmpdir(), `tincan-${digest}`)
  const outside = join(shelter, 's')
  return Buffer.byteLength(outside) <= maxSocketPathBytes && isOwnDirectory(shelter) ? outside : undefined
}

/**
 * Listens as the leader, in place of whatever an earlier one left behind. Nothing is read from those who connect: all
 * they learn is that the leader is there, until it closes or dies. Never rejects: a leader without a socket leads
 * all the same, and those who wait look again by themselves.
 */
export function openLeaderSocket(path: string): Promise<Disposable> {
  removeStale(path)
  const waiting = new Set<Socket>()
  const server = createServer((socket) => {
    waiting.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', () => socket.destroy())
    socket.on('close', () => waiting.delete(socket))
    socket.unref()
  })
  server.maxConnections = maxWaiting
  server.unref()
  const opened = {
    dispose: () => {
      server.close()
      for (const socket of waiting) socket.destroy()
    },
  }
  return new Promise((resolve) => {
    server.on('error', () => resolve(opened))
    server.listen(path, () => resolve(opened))
  })
}

/** Waits beside the leader. `onGone` is called once: with true when a leader was there, with false when none answered. */
export function watchLeaderSocket(path: string, onGone: (wasThere: boolean) => void): Disposable {
  let wasThere = false
  let isWatching = true
  const socket = connect(path)
  socket.on('connect', () => {
    wasThere = true
  })
  socket.on('error', () => undefined)
  socket.on('end', () => socket.destroy())
  socket.on('close', () => {
    if (isWatching) onGone(wasThere)
  })
  socket.resume()
  return {
    dispose: () => {
      isWatching = false
      socket.destroy()
    },
  }
}

/** Whatever else is in the way keeps the socket from being opened, and nothing worse. */
function removeStale(path: string): void {
  if (process.platform === 'win32') return
  try {
    rmSync(path, { force: true })
  } catch {
    // Opening the socket fails then, which is answered there.
  }
}

/** Makes the directory, or checks that the one there is ours, is no link and is closed to others. */
function isOwnDirectory(path: string): boolean {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const found = lstatSync(path)
    return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0
  } catch {
    return false
  }
}
