import { maxTitleBytes, maxTopicBytes } from '../../shared/rooms.ts'
import { parseLine } from '../contact/name.ts'

/** A room's title out of an untrusted value, by the rules of names; `undefined` for anything else. */
export function parseTitle(value: unknown): string | undefined {
  return parseLine(value, maxTitleBytes)
}

/** A room's topic out of an untrusted value: by the rules of names, or empty for none. */
export function parseTopic(value: unknown): string | undefined {
  return value === '' ? value : parseLine(value, maxTopicBytes)
}
