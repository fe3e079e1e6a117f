/** What windows say to each other besides the service, parsed field by field. */
import { fromHex, toHex } from '../../core/codec/bytes.ts'
import { proofBytes } from './windowProof.ts'

/** Why a window is not let in. */
export type Refusal =
  /** The leader has no key: there is no identity yet, or it is locked. */
  | 'leader-locked'
  /** This window has no key, or another one. */
  | 'no-key'
  /** The other window speaks another protocol. */
  | 'version'
  | 'crowded'

/** The first request of a follower. */
export interface HelloRequest {
  readonly protocol: number
  readonly nonce: Uint8Array
}

/** The leader's answer: it proves itself first. */
export type HelloAnswer =
  | { readonly kind: 'welcome'; readonly nonce: Uint8Array; readonly proof: Uint8Array }
  | { readonly kind: 'refused'; readonly why: Refusal }

/** Which window should speak up for all of them. */
export interface Standing {
  /** This is the window that was used last. */
  readonly speaks: boolean
  /** The user is in one of the windows now. */
  readonly isAnyFocused: boolean
}

/** What a window says of its user. */
export interface Attention {
  readonly isFocused: boolean
  /** Milliseconds since 1970 UTC of when the window was last focused; 0 for never. */
  readonly usedAt: number
}

const refusals: readonly Refusal[] = ['leader-locked', 'no-key', 'version', 'crowded']

export const encodeHelloRequest = ({ protocol, nonce }: HelloRequest): object => ({ protocol, nonce: toHex(nonce) })

export function parseHelloRequest(value: unknown): HelloRequest | undefined {
  const protocol = field(value, 'protocol')
  const nonce = parseBytes(field(value, 'nonce'))
  return typeof protocol === 'number' && nonce !== undefined ? { protocol, nonce } : undefined
}

export function encodeHelloAnswer(answer: HelloAnswer): object {
  return answer.kind === 'refused'
    ? { refused: answer.why }
    : { nonce: toHex(answer.nonce), proof: toHex(answer.proof) }
}

/** An unknown reason is one of another version. */
export function parseHelloAnswer(value: unknown): HelloAnswer | undefined {
  const refused = field(value, 'refused')
  if (refused !== undefined) return { kind: 'refused', why: refusals.find((why) => why === refused) ?? 'version' }
  const nonce = parseBytes(field(value, 'nonce'))
  const proof = parseBytes(field(value, 'proof'))
  return nonce === undefined || proof === undefined ? undefined : { kind: 'welcome', nonce, proof }
}

export const encodeProof = (proof: Uint8Array): object => ({ proof: toHex(proof) })

export const parseProof = (value: unknown): Uint8Array | undefined => parseBytes(field(value, 'proof'))

export function parseStanding(value: unknown): Standing | undefined {
  const speaks = field(value, 'speaks')
  const isAnyFocused = field(value, 'isAnyFocused')
  return typeof speaks === 'boolean' && typeof isAnyFocused === 'boolean' ? { speaks, isAnyFocused } : undefined
}

export function parseAttention(value: unknown): Attention | undefined {
  const isFocused = field(value, 'isFocused')
  const usedAt = field(value, 'usedAt')
  return typeof isFocused === 'boolean' && typeof usedAt === 'number' && Number.isFinite(usedAt)
    ? { isFocused, usedAt }
    : undefined
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function parseBytes(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' && value.length === 2 * proofBytes ? fromHex(value) : undefined
}
