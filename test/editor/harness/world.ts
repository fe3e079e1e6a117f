import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { openLoopbackDht } from '../../doubles/loopbackDht.ts'
import { HeadlessPeer } from '../../headless/headlessPeer.ts'
import { loopbackSettings } from './loopbackSettings.ts'
import { type Extension, seatPerson, type SeatedPerson, startPerson } from './person.ts'
import { createScratch, removeScratch } from './scratch.ts'
import { tincanPackage } from './tincanPackage.ts'

/** People with editors of their own on a private DHT, and an end to all of it. */
export interface World {
  readonly people: readonly SeatedPerson[]
  /** Holds everything of a person, the browser's profile too. */
  folderOf(name: string): string
  /** Somebody who has an identity and no editor: a headless process on the same DHT, which ends with the world. */
  correspondent(name: string): Promise<HeadlessPeer>
  end(): Promise<void>
}

/**
 * Starts an editor with the packaged extension for each name, at once, and opens it in a browser. `more` settings come
 * on top of those that keep Tincan on the private DHT.
 */
export async function startWorld(
  names: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<World> {
  const extension = await packagedExtension()
  const root = await createScratch()
  const dht = await openLoopbackDht()
  const folderOf = (name: string): string => path.join(root, name.toLowerCase())
  const settings = { ...loopbackSettings(dht.bootstrap), ...more }
  const peers: HeadlessPeer[] = []
  const seats = await Promise.allSettled(
    names.map(async (name) => {
      const init = { name, folder: folderOf(name), extension, settings }
      return seatPerson(await startPerson(init), init.folder)
    }),
  )
  const people = seats.flatMap((seat) => (seat.status === 'fulfilled' ? [seat.value] : []))
  const end = async (): Promise<void> => {
    await Promise.allSettled([...people.map((person) => person.end()), ...peers.map((peer) => peer.kill())])
    await dht.dispose()
    await removeScratch(root)
  }
  const failed = seats.find((seat) => seat.status === 'rejected')
  if (failed !== undefined) {
    await end()
    throw failed.reason
  }
  return {
    people,
    folderOf,
    async correspondent(name) {
      const bootstrap = dht.bootstrap.map(({ host, port }) => `${host}:${port}`).join(',')
      const peer = new HeadlessPeer(['--data', folderOf(name), '--bootstrap', bootstrap, '--host', '127.0.0.1'], {
        TINCAN_KEY: randomBytes(32).toString('hex'),
      })
      peers.push(peer)
      await peer.request('identity/create', { name })
      return peer
    },
    end,
  }
}

/** The one that `run.ts` has installed for all, which takes every editor some seconds less. */
async function packagedExtension(): Promise<Extension> {
  const folder = process.env['TINCAN_INSTALLED'] ?? ''
  return folder === '' ? { kind: 'package', vsix: await tincanPackage() } : { kind: 'installed', folder }
}
