import { concat } from '../../../src/core/codec/bytes.ts'
import type { SeededRandom } from '../../doubles/seededRandom.ts'

/** One of `samples` with something done to it that nobody honest does, or bytes that are no sample at all. */
export function mutateBytes(random: SeededRandom, samples: readonly Uint8Array[]): Uint8Array {
  const bytes = random.pick(samples).slice()
  const at = random.below(bytes.length)
  switch (random.below(7)) {
    case 0:
      return random.bytes(random.below(300))
    case 1:
      return flipBits(bytes, random, 1)
    case 2:
      return flipBits(bytes, random, 2 + random.below(16))
    case 3:
      return bytes.subarray(0, at)
    case 4:
      return concat(bytes, random.bytes(1 + random.below(40)))
    case 5: {
      const other = random.pick(samples)
      return concat(bytes.subarray(0, at), other.subarray(random.below(other.length)))
    }
    default:
      // What reads as a length or a number becomes as large as it can be.
      return bytes.fill(random.pick([0xff, 0xfe, 0xfd, 0x00]), at, at + 1 + random.below(9))
  }
}

function flipBits(bytes: Uint8Array, random: SeededRandom, flips: number): Uint8Array {
  for (let i = 0; i < flips; i++) {
    const bit = random.below(bytes.length * 8)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  }
  return bytes
}
