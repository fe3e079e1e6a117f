import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '../../core/chat/world.ts'
import { copyProfile, FilePerson } from './filePerson.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures')

/** What `test/node/fixtures/makeProfiles.ts` writes down of a person. */
interface KeptPerson {
  readonly secret: string
  readonly content: object
}

/** The versions of Tincan whose profiles are kept, oldest first. */
export const keptVersions: readonly string[] = readdirSync(fixtures)
  .filter((name) => name.startsWith('profiles-'))
  .map((name) => name.slice('profiles-'.length))
  .sort()

/** Where the profiles of a version are, a folder for each person. */
export const profileFolder = (version: string): string => join(fixtures, `profiles-${version}`)

/** What people of a version said of their profiles. */
export function contentOf(version: string): Readonly<Record<'alice' | 'bob', KeptPerson>> {
  const text = readFileSync(join(profileFolder(version), 'profiles.json'), 'utf8')
  return JSON.parse(text) as Readonly<Record<'alice' | 'bob', KeptPerson>>
}

/** One of those people on a copy of its profile in `directory`, not started. */
export function takeProfile(world: World, version: string, name: 'alice' | 'bob', directory: string): FilePerson {
  copyProfile(join(profileFolder(version), name), directory)
  return new FilePerson(world, directory, Buffer.from(contentOf(version)[name].secret, 'hex'), 77)
}
