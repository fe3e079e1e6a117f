/** Parameters of exports, backups and deletion; `params.ts` has the rest. */
import type { ArchiveRequests } from '../../shared/archive.ts'
import { maxFilePathLength, maxPassphraseLength, minPassphraseLength } from '../../shared/archive.ts'
import { parseConversationId } from '../../shared/ids.ts'
import { parseName } from '../contact/name.ts'
import type { Fields } from './fields.ts'
import { oneOf, partial, text, whole } from './fields.ts'

type Parsers = {
  readonly [M in keyof ArchiveRequests]: (fields: Fields) => ArchiveRequests[M]['params'] | undefined
}

const maxPhraseLength = 1024

export const archiveParsers: Parsers = {
  'conversation/export': ({ conversation, format, path }) =>
    whole({
      conversation: parseConversationId(conversation),
      format: oneOf(format, ['markdown', 'json'] as const),
      path: filePath(path),
    }),
  'backup/create': ({ path, passphrase }) => {
    const required = whole({ path: filePath(path) })
    const options = partial<{ passphrase: string }>({ passphrase: [passphrase, newPassphrase(passphrase)] })
    return required && options && { ...required, ...options }
  },
  'backup/inspect': ({ path }) => whole({ path: filePath(path) }),
  'backup/restore': ({ path, phrase, passphrase }) => {
    const required = whole({ path: filePath(path) })
    const options = partial<{ phrase: string; passphrase: string }>({
      phrase: [phrase, text(phrase, maxPhraseLength)],
      passphrase: [passphrase, knownPassphrase(passphrase)],
    })
    return required && options && { ...required, ...options }
  },
  'identity/erase': ({ name }) => whole({ name: parseName(name) }),
}

/** A path as it was given; whether it leads anywhere is for the file system to say. */
function filePath(value: unknown): string | undefined {
  const path = text(value, maxFilePathLength)
  return path === undefined || path === '' || path.includes('\0') ? undefined : path
}

/** Whatever opens a backup, however it was made. */
function knownPassphrase(value: unknown): string | undefined {
  const passphrase = text(value, maxPassphraseLength)
  return passphrase === '' ? undefined : passphrase
}

/** What is too short to withstand guessing is none. */
function newPassphrase(value: unknown): string | undefined {
  const passphrase = text(value, maxPassphraseLength)
  return passphrase !== undefined && passphrase.length >= minPassphraseLength ? passphrase : undefined
}
