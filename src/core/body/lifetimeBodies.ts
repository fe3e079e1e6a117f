/** The bodies about how long messages are kept, and the field of a message that says how long it is. */
import { isLifetime, maxLifetimeMs } from '../../shared/lifetime.ts'
import type { Reader, Writer } from '../codec/codec.ts'
import type { Ranges } from '../event/ranges.ts'
import { readRanges, writeRanges } from '../event/ranges.ts'

/** In a direct conversation: what is written from here on is kept so long; 0: for ever. In a room an operation says so. */
export interface LifetimeBody {
  readonly kind: 'lifetime'
  readonly lifetimeMs: number
}

/**
 * The contents of these events of the same log are gone from the device that wrote them, since their time was over. It is
 * no wish: whoever holds them keeps them for a time of its own. Whoever does not need not look for them any more.
 */
export interface FadedBody {
  readonly kind: 'faded'
  /** At least one, at most `maxRanges`. */
  readonly ranges: Ranges
}

/** The numbers on the wire. `fleeting`: how long a message is kept, then the message as it would be without. */
export const lifetimeKinds = { fleeting: 20, lifetime: 21, faded: 22 } as const

/** Whether a body is one of these. */
export function isAboutLifetimes(body: { readonly kind: string }): body is LifetimeBody | FadedBody {
  return body.kind === 'lifetime' || body.kind === 'faded'
}

/** The kind and the fields of a body. */
export function writeLifetimeBody(writer: Writer, body: LifetimeBody | FadedBody): void {
  writer.uint8(lifetimeKinds[body.kind])
  if (body.kind === 'lifetime') writer.uint(body.lifetimeMs)
  else writeRanges(writer, body.ranges)
}

/** The body behind its kind; `undefined` for another kind. The reader fails on what no Tincan writes. */
export function readLifetimeBody(kind: number, reader: Reader): LifetimeBody | FadedBody | undefined {
  if (kind === lifetimeKinds.lifetime) {
    const lifetimeMs = reader.uint(maxLifetimeMs)
    if (lifetimeMs !== 0 && !isLifetime(lifetimeMs)) reader.fail()
    return { kind: 'lifetime', lifetimeMs }
  }
  if (kind !== lifetimeKinds.faded) return undefined
  const ranges = readRanges(reader)
  if (ranges.length === 0) reader.fail()
  return { kind: 'faded', ranges }
}

/** How long a message is kept, as it stands before the message. */
export function readLifetime(reader: Reader): number {
  const lifetimeMs = reader.uint(maxLifetimeMs)
  if (!isLifetime(lifetimeMs)) reader.fail()
  return lifetimeMs
}
