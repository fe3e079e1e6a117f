/** Knowing that nobody sits in between: what the service says of safety numbers and their live comparison. */
import type { PersonId } from './ids.ts'

/** How many emoji a live comparison shows. */
export const comparedEmoji = 7

/**
 * How a live comparison with somebody stands:
 * - `asked`: the other side has started, and waits for this user
 * - `started`: this user has started, and waits for the other side
 * - `shown`: both see emoji (places in `safetyEmoji`); `own` and `theirs` are what each has said of them so far
 * - `ended`: it is over; see `outcome`
 */
export type Comparison =
  | { readonly kind: 'asked' | 'started' }
  | { readonly kind: 'shown'; readonly emoji: readonly number[]; readonly own?: 'same'; readonly theirs?: 'same' }
  | { readonly kind: 'ended'; readonly outcome: ComparisonOutcome }

/**
 * - `same`: both said so, and the person is marked as verified
 * - `different`: one of both saw other emoji: somebody may sit in between
 * - `cancelled`, `cancelled-by-them`: one of both gave up
 * - `lost`: the connection ended before
 * - `late`: nobody went on for five minutes
 * - `broken`: the other side did not keep to the rules, as somebody in between might try
 */
export type ComparisonOutcome = 'same' | 'different' | 'cancelled' | 'cancelled-by-them' | 'lost' | 'late' | 'broken'

/** What a scanned code says: made from the same keys, from others, by another version, or no such code. */
export type ScanOutcome = 'same' | 'different' | 'other-version' | 'unreadable'

/** Every request about safety: its parameters and its result. A refusal is a `ChatError`. */
export interface SafetyRequests {
  /** `code`: what the QR code of this side says, for the other side to scan. */
  'safety/number': { params: { person: PersonId }; result: { number: string; code: string; verified: boolean } }
  'safety/verify': { params: { person: PersonId; verified: boolean }; result: null }
  /** Compares a code that was scanned from the other side's screen with the keys that are known here. */
  'safety/scan': { params: { person: PersonId; code: string }; result: { outcome: ScanOutcome } }
  /** This user starts a live comparison, or joins the one that the other side has started. The other side is to be linked. */
  'safety/compare': { params: { person: PersonId }; result: { comparison: Comparison } }
  /** What this user says of the emoji, or that it gives up. */
  'safety/judge': {
    params: { person: PersonId; verdict: 'same' | 'different' | 'cancelled' }
    result: { comparison: Comparison | null }
  }
  /** How it stands; `null` where none was started since the last one was over. */
  'safety/comparison': { params: { person: PersonId }; result: { comparison: Comparison | null } }
}

export interface SafetyNotifications {
  'safety/changed': { readonly person: PersonId; readonly comparison: Comparison }
}

/** The 64 emoji of a comparison, in the order of their numbers. Each is told apart from the others at a glance, and by name. */
export const safetyEmoji = [
  ...['🐶', '🐱', '🦁', '🐴', '🐷', '🐘', '🐰', '🐼', '🐓', '🐧', '🐢', '🐟', '🐙', '🦋', '🐝', '🐌'],
  ...['🌻', '🌵', '🍄', '🌲', '🍁', '🌙', '🌍', '🔥', '🌈', '❄️', '⚡', '🍌', '🍎', '🍓', '🌽', '🍕'],
  ...['🎂', '🍦', '☕', '🥕', '🤖', '👻', '👑', '👓', '🎩', '🧦', '☂️', '⏰', '🎁', '💡', '📚', '✏️'],
  ...['✂️', '🔑', '🔨', '📌', '🎈', '🚲', '🚀', '✈️', '⚓', '🚂', '⚽', '🎸', '🎺', '🔔', '🏠', '🧭'],
] as const
