import path from 'node:path'
import { openLoopbackDht } from '../../doubles/loopbackDht.ts'
import { loopbackSettings } from './loopbackSettings.ts'
import { seatPerson, type SeatedPerson, startPerson } from './person.ts'
import { createScratch, removeScratch } from './scratch.ts'
import { tincanPackage } from './tincanPackage.ts'

/** People with editors of their own on a private DHT, and an end to all of it. */
export interface World {
  readonly people: readonly SeatedPerson[]
  /** Holds everything of a person, the browser's profile too. */
  folderOf(name: string): string
  end(): Promise<void>
}

/** Starts an editor with the packaged extension for each name, at once, and opens it in a browser. */
export async function startWorld(...names: readonly string[]): Promise<World> {
  const vsix = await tincanPackage()
  const root = await createScratch()
  const dht = await openLoopbackDht()
  const folderOf = (name: string): string => path.join(root, name.toLowerCase())
  const settings = loopbackSettings(dht.bootstrap)
  const seats = await Promise.allSettled(
    names.map(async (name) => {
      const init = { name, folder: folderOf(name), extension: { kind: 'package', vsix }, settings } as const
      return seatPerson(await startPerson(init), init.folder)
    }),
  )
  const people = seats.flatMap((seat) => (seat.status === 'fulfilled' ? [seat.value] : []))
  const end = async (): Promise<void> => {
    await Promise.allSettled(people.map((person) => person.end()))
    await dht.dispose()
    await removeScratch(root)
  }
  const failed = seats.find((seat) => seat.status === 'rejected')
  if (failed !== undefined) {
    await end()
    throw failed.reason
  }
  return { people, folderOf, end }
}
