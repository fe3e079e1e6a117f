import { maxBinaryBytes } from './binary.ts'

/**
 * What a delta of git makes of `source`: pieces of it and bytes of its own, one behind the other. `undefined` where it is
 * for another source, reaches out of it, comes to another size than it says, or to more than `maxBinaryBytes`.
 * Source: git, `Documentation/gitformat-pack`, "Deltified representation".
 */
export function applyDelta(source: Uint8Array, delta: Uint8Array): Uint8Array | undefined {
  let at = 0
  const byte = (): number => delta[at++] ?? Number.NaN
  const size = (): number => {
    let [value, factor] = [0, 1]
    for (;;) {
      const next = byte()
      value += (next & 0x7f) * factor
      // What is not there, or is larger than anything here, is no size.
      if (Number.isNaN(next) || value > maxBinaryBytes) return Number.NaN
      if (next < 0x80) return value
      factor *= 0x80
    }
  }
  /** The little-endian number of those of four or three bytes that are there. */
  const number = (present: number, count: number): number => {
    let value = 0
    for (let bit = 0; bit < count; bit++) if ((present & (1 << bit)) !== 0) value += byte() * 0x100 ** bit
    return value
  }

  if (size() !== source.length) return undefined
  const total = size()
  if (Number.isNaN(total)) return undefined
  const result = new Uint8Array(total)
  let filled = 0
  const add = (piece: Uint8Array, length: number): boolean => {
    if (piece.length !== length || filled + length > total) return false
    result.set(piece, filled)
    filled += length
    return true
  }
  while (at < delta.length) {
    const command = byte()
    if (command === 0) return undefined
    let isAdded: boolean
    if (command < 0x80) {
      isAdded = add(delta.subarray(at, at + command), command)
      at += command
    } else {
      const from = number(command & 0x0f, 4)
      const count = number((command >> 4) & 0x07, 3)
      const length = count === 0 ? 0x10000 : count
      isAdded = add(source.subarray(from, from + length), length)
    }
    if (!isAdded) return undefined
  }
  return filled === total ? result : undefined
}
