import { createHash } from 'node:crypto'
import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { toHex } from '../../core/codec/bytes.ts'
import type { Random } from '../../core/ports/random.ts'
import { isOwnDirectory } from '../ownDirectory.ts'
import { meetingPlace, newestEpoch } from '../profileLock.ts'

/** The longest path that a Unix socket can have on every system, in bytes. */
const maxSocketPathBytes = 100
const maxAddressBytes = 1024

/** Where the leader of an epoch can be reached. */
export interface LeaderAddress {
  readonly epoch: number
  /** A socket's path, or a named pipe. */
  readonly address: string
}

/**
 * A new place for the leader of a data directory to listen at, that nobody can know, or take, in advance. On POSIX it
 * lies in a directory closed to others: beside the lock or, where that path is too long for a socket, among the
 * temporary files. `undefined` where that directory is a link, somebody else's, or cannot be made.
 */
export function newAddress(directory: string, random: Random, temporary: string = tmpdir()): string | undefined {
  const name = toHex(random.bytes(16))
  if (process.platform === 'win32') return `\\\\.\\pipe\\tincan-${name}`
  const file = `${name.slice(0, 8)}.sock`
  const inside = join(meetingPlace(directory), file)
  if (Buffer.byteLength(inside) <= maxSocketPathBytes) return inside
  const shelter = shelterOf(directory, temporary)
  const outside = join(shelter, file)
  return Buffer.byteLength(outside) <= maxSocketPathBytes && isOwnDirectory(shelter) ? outside : undefined
}

/** Tells the other windows where the leader listens. Throws what the file system throws. */
export function publishAddress(directory: string, { epoch, address }: LeaderAddress): void {
  const file = addressFile(directory, epoch)
  writeFileSync(`${file}.new`, address, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Where the present leader listens, or `undefined` while it has not said so. It may be dead by now. */
export function readAddress(directory: string): LeaderAddress | undefined {
  try {
    const epoch = newestEpoch(meetingPlace(directory))
    const address = readFileSync(addressFile(directory, epoch), 'utf8')
    return address === '' || address.length > maxAddressBytes ? undefined : { epoch, address }
  } catch {
    return undefined
  }
}

/** Removes what earlier leaders left behind when they died. To be called by the leader of `epoch`, before it listens. */
export function removeTraces(directory: string, epoch: number, temporary: string = tmpdir()): void {
  const places = [meetingPlace(directory), shelterOf(directory, temporary)]
  for (let past = epoch; past > 0 && past > epoch - 16; past--) {
    const file = addressFile(directory, past)
    try {
      const address = readFileSync(file, 'utf8')
      const isOurs = places.includes(dirname(address)) && /^[0-9a-f]{8}\.sock$/.test(basename(address))
      if (process.platform !== 'win32' && isOurs) rmSync(address, { force: true })
      rmSync(file, { force: true })
    } catch {
      // There is none, or it stays: nothing depends on it.
    }
  }
}

const addressFile = (directory: string, epoch: number): string => join(meetingPlace(directory), `leader-${epoch}`)

function shelterOf(directory: string, temporary: string): string {
  const digest = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24)
  return join(temporary, `tincan-${digest}`)
}
