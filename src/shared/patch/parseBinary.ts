import type { BinaryContent } from './binary.ts'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
const digits: ReadonlyMap<string, number> = new Map([...alphabet].map((character, value) => [character, value]))
const lengths = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const head = /^(literal|delta) (\d{1,9})$/u

export interface ReadBinary {
  readonly content: BinaryContent
  /** The index of the line behind it. */
  readonly next: number
}

/**
 * What stands behind `GIT binary patch`, which is `lines[at - 1]`; `undefined` where it breaks off or is no such thing. What
 * it holds in deflated form is not looked at. The way back, which git writes behind it, is read over.
 */
export function parseBinary(lines: readonly string[], at: number): ReadBinary | undefined {
  const forward = readContent(lines, at)
  if (forward === undefined || !head.test(lines[forward.next] ?? '')) return forward
  const reverse = readContent(lines, forward.next)
  return reverse && { content: forward.content, next: reverse.next }
}

function readContent(lines: readonly string[], at: number): ReadBinary | undefined {
  const [, kind, size = ''] = head.exec(lines[at] ?? '') ?? []
  if (kind !== 'literal' && kind !== 'delta') return undefined
  const parts: Uint8Array[] = []
  let next = at + 1
  for (; lines[next] !== undefined && lines[next] !== ''; next++) {
    const part = readLine(lines[next] ?? '')
    if (part === undefined) return undefined
    parts.push(part)
  }
  if (parts.length === 0) return undefined
  return { content: { kind, size: Number(size), deflated: joined(parts) }, next: next + 1 }
}

/** A letter that says how many bytes there are (1 to 52), and four bytes in each five digits behind it. */
function readLine(line: string): Uint8Array | undefined {
  const length = lengths.indexOf(line.charAt(0)) + 1
  const groups = Math.ceil(length / 4)
  if (length === 0 || line.length !== 1 + groups * 5) return undefined
  const bytes = new Uint8Array(groups * 4)
  for (let group = 0; group < groups; group++) {
    const value = readGroup(line.slice(1 + group * 5, 6 + group * 5))
    if (value === undefined) return undefined
    new DataView(bytes.buffer).setUint32(group * 4, value)
  }
  return bytes.subarray(0, length)
}

function readGroup(group: string): number | undefined {
  let value = 0
  for (const character of group) {
    const digit = digits.get(character)
    if (digit === undefined) return undefined
    value = value * 85 + digit
  }
  return value > 0xffffffff ? undefined : value
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
