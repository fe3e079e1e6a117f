import { maxFileNameBytes } from './files.ts'
import { utf8Length } from './utf8Length.ts'
import { windowsDevice } from './windowsDevice.ts'

/** As much of a longer one is looked at. */
const maxGivenLength = 1024
const turning = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** Whether a name is one of a file within its folder: no path, no control characters, no half characters, not too long. */
export function isFileName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= maxFileNameBytes &&
    value.trim() !== '' &&
    value !== '.' &&
    value !== '..' &&
    !/[/\\\p{Cc}\p{Cs}\u2028\u2029]/u.test(value) &&
    utf8Length(value) <= maxFileNameBytes
  )
}

/** What a file is called at its end of a path, under which it is sent: as it is, where that is a name of a file. */
export function ownFileName(path: string): string {
  const own = path.slice(-maxGivenLength).replace(/^.*[/\\]/s, '')
  return isFileName(own) ? own : safeFileName(own)
}

/**
 * A name that every file system takes, close to what somebody called a file: without its folders, without what Windows
 * or a shell would take for something else, and without letters that hide or turn what stands beside them.
 */
export function safeFileName(value: string): string {
  const own = value
    .slice(-maxGivenLength)
    .replace(/^.*[/\\]/s, '')
    .replace(turning, '')
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029<>:"|?*]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const dot = own.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [own.slice(0, dot), own.slice(dot)] : [own, '']
  const free = windowsDevice.test(own.split('.')[0]?.trim() ?? '') ? `_${stem}` : stem
  return shortened(free, ending) || 'file'
}

/** The ending stays as long as it is short: it says what a file is. */
function shortened(stem: string, ending: string): string {
  const kept = utf8Length(ending) <= 32 ? ending : ''
  const characters = Array.from(kept === '' ? stem + ending : stem)
  while (utf8Length(characters.join('')) + utf8Length(kept) > maxFileNameBytes) characters.pop()
  return characters.length === 0 ? '' : characters.join('') + kept
}
