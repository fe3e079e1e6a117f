/** Programs of the interaction fuzzer: any bytes are one, and every byte means something. */
import type { Mishap } from '../../doubles/mishaps.ts'
import { mishaps } from '../../doubles/mishaps.ts'

/** Alice has a conversation with Bob and one with Carol. */
export const people = ['alice', 'bob', 'carol'] as const
export type Who = (typeof people)[number]
/** A conversation, by the one whom Alice has it with. */
export type Friend = Exclude<Who, 'alice'>

const hourMs = 60 * 60 * 1000

export type Step =
  | {
      readonly type: 'send'
      readonly who: Who
      readonly friend: Friend
      readonly messages: number
      readonly awaits: boolean
    }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'read'; readonly who: Who; readonly friend: Friend }
  | { readonly type: 'cut' | 'separate' | 'rejoin'; readonly friend: Friend }
  | {
      readonly type: 'restart' | 'crash' | 'cutPower' | 'lose' | 'unplug' | 'plug' | 'suspend' | 'resume'
      readonly who: Who
    }
  /** The so-manieth transaction from now on is the last that is on disk, or the first that the disk refuses. */
  | { readonly type: 'crashAtCommit' | 'failCommit'; readonly who: Who; readonly commits: number }
  | { readonly type: 'setClock'; readonly who: Who; readonly byMs: number }
  | { readonly type: 'fillDisk'; readonly who: Who; readonly isFull: boolean }
  | { readonly type: 'meddle'; readonly mishap: Mishap; readonly share: number }

/** The kinds of steps, each as often as it is to be drawn. */
const kinds: readonly (readonly [Step['type'], number])[] = [
  ['send', 10],
  ['wait', 8],
  ['read', 1],
  ['cut', 2],
  ['separate', 2],
  ['rejoin', 2],
  ['restart', 1],
  ['crash', 1],
  ['cutPower', 2],
  ['crashAtCommit', 2],
  ['failCommit', 3],
  ['lose', 1],
  ['unplug', 1],
  ['plug', 2],
  ['suspend', 1],
  ['resume', 2],
  ['setClock', 1],
  ['fillDisk', 2],
  ['meddle', 3],
]
const drawn = kinds.flatMap(([type, weight]) => Array.from({ length: weight }, () => type))

/** The steps that `bytes` stand for. */
export function readProgram(bytes: Uint8Array): Step[] {
  let next = 0
  const below = (bound: number): number => (bytes[next++] ?? 0) % bound
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] as T
  const steps: Step[] = []
  while (next < bytes.length) steps.push(readStep(pick(drawn), pick, below))
  return steps
}

function readStep(type: Step['type'], pick: <T>(items: readonly T[]) => T, below: (bound: number) => number): Step {
  const friend = (): Friend => pick(['bob', 'carol'] as const)
  const who = (): Who => pick(people)
  switch (type) {
    case 'send':
      return { type, who: who(), friend: friend(), messages: 1 + below(6), awaits: below(2) === 1 }
    case 'wait':
      return { type, ms: pick([0, 1, 20, 200, 3_000, 15_000]) }
    case 'read':
      return { type, who: who(), friend: friend() }
    case 'cut':
    case 'separate':
    case 'rejoin':
      return { type, friend: friend() }
    case 'crashAtCommit':
    case 'failCommit':
      return { type, who: who(), commits: 1 + below(4) }
    case 'setClock':
      return { type, who: who(), byMs: pick([-hourMs, -300_000, 300_000, hourMs]) }
    case 'fillDisk':
      return { type, who: who(), isFull: below(2) === 1 }
    case 'meddle':
      return { type, mishap: pick(mishaps), share: pick([0.05, 0.3, 1]) }
    default:
      return { type, who: who() }
  }
}
