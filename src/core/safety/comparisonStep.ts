/** What two devices say to each other while their people compare safety numbers live. */
import type { Reader, Writer } from '../codec/codec.ts'
import { hashBytes, keyBytes } from '../crypto/primitives.ts'
import { assertNever } from '../../shared/assertNever.ts'

export type ComparisonStep =
  /** The sender's user has started; its nonce is fixed from here on. */
  | { readonly kind: 'commit'; readonly commitment: Uint8Array }
  /** The nonce, once the other side's commitment is here. */
  | { readonly kind: 'reveal'; readonly nonce: Uint8Array }
  /** The sender's user saw the same emoji, saw others, or gave up. */
  | { readonly kind: 'end'; readonly verdict: Verdict }

// The position in these lists is what is sent: append only.
const kinds = ['commit', 'reveal', 'end'] as const
export const verdicts = ['same', 'different', 'cancelled'] as const
export type Verdict = (typeof verdicts)[number]

export function writeComparisonStep(writer: Writer, step: ComparisonStep): void {
  writer.uint8(kinds.indexOf(step.kind))
  switch (step.kind) {
    case 'commit':
      writer.fixed(step.commitment)
      return
    case 'reveal':
      writer.fixed(step.nonce)
      return
    case 'end':
      writer.uint8(verdicts.indexOf(step.verdict))
      return
    default:
      assertNever(step)
  }
}

/** Reads a step, in memory of the input; `undefined` for a kind or a verdict that there is not. */
export function readComparisonStep(reader: Reader): ComparisonStep | undefined {
  const kind = kinds[reader.uint8()]
  switch (kind) {
    case 'commit':
      return { kind, commitment: reader.fixed(hashBytes) }
    case 'reveal':
      return { kind, nonce: reader.fixed(keyBytes) }
    case 'end': {
      const verdict = verdicts[reader.uint8()]
      return verdict && { kind, verdict }
    }
    case undefined:
      return undefined
    default:
      return assertNever(kind)
  }
}
