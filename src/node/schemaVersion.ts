/**
 * The version of a store as SQLite's `user_version` holds it: three times over, so that a byte that went bad is not taken
 * for the work of a newer Tincan, which would be refused without a look at the rest.
 */
const thrice = 0x01_01_01
const maxVersion = 0xff

export function encodeVersion(version: number): number {
  if (version > maxVersion) throw new RangeError('There are at most 255 versions')
  return version * thrice
}

/** The version; 0 in a database that has none yet; `undefined` for a number that is none. */
export function decodeVersion(number: number): number | undefined {
  const version = number / thrice
  return Number.isInteger(version) && version >= 0 && version <= maxVersion ? version : undefined
}
