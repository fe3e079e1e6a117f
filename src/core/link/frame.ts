/** Everything that two linked devices say to each other once both have proved who they are. */
import { assertNever } from '../../shared/assertNever.ts'
import { maxNameBytes } from '../../shared/service.ts'
import { decodeAll, Writer } from '../codec/codec.ts'
import type { Reader } from '../codec/codec.ts'
import { hashBytes, keyBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Ranges } from '../event/ranges.ts'
import {
  isFileFrame,
  maxFileFrameBytes,
  readFileFrame,
  writeFileFrame,
  writePartHead,
  type FileFrame,
} from '../files/fileFrame.ts'
import { maxDeviceListBytes } from '../identity/deviceList.ts'
import { readRanges, writeRanges } from '../event/ranges.ts'
import type { Position } from '../ports/store.ts'
import { aroundIdBytes, maxAround, maxAroundSeconds, type Around } from '../signals/signal.ts'
import type { ComparisonStep } from '../safety/comparisonStep.ts'
import { readComparisonStep, writeComparisonStep } from '../safety/comparisonStep.ts'
import { maxRunBytes } from '../event/run.ts'

/** The most channels, and so shared conversations, of a link. */
export const maxChannels = 1024
/** The most bytes of a letter. */
export const maxLetterBytes = 62 * 1024
/** The most logs in one `have`. */
export const maxHaveEntries = 64

export interface Have {
  readonly device: Uint8Array
  readonly ranges: Ranges
}

export type Frame =
  /** Files: what is asked for and what comes. */
  | FileFrame
  /** Asks for a `pong` with the same number. */
  | { readonly type: 'ping'; readonly nonce: number }
  | { readonly type: 'pong'; readonly nonce: number }
  /** The sender's name, devices, and the secret under which this device of it is found. */
  | {
      readonly type: 'profile'
      readonly name: string
      readonly deviceList: Uint8Array
      readonly addressSecret: Uint8Array
    }
  /** The sender has taken note, on disk, of the address secret with this digest, which the receiver told it. */
  | { readonly type: 'address-noted'; readonly digest: Uint8Array }
  /** A live comparison of safety numbers: `safety/comparison.ts` has the rules. */
  | { readonly type: 'compare'; readonly step: ComparisonStep }
  /** What the receiver keeps for the day on which the sender comes back with nothing but its phrase. */
  | { readonly type: 'keepsake'; readonly secret: Uint8Array; readonly token: Uint8Array }
  /** What is said beside conversations: `letter/letter.ts` reads it. */
  | { readonly type: 'letter'; readonly body: Uint8Array }
  /** From now on the sender calls the conversation with this token `channel`. */
  | { readonly type: 'open'; readonly channel: number; readonly token: Uint8Array }
  /** What the sender holds of these logs, on disk. It replaces what it said of them before. */
  | { readonly type: 'have'; readonly channel: number; readonly entries: readonly Have[] }
  /** Asks for a stretch of a log, newest first; answered by runs as credit allows, then `done`. */
  | {
      readonly type: 'want'
      readonly channel: number
      readonly device: Uint8Array
      readonly from: number
      readonly to: number
    }
  /** The sender can take `count` more runs. */
  | { readonly type: 'credit'; readonly channel: number; readonly count: number }
  /** Nothing more comes for the `want` of this log. */
  | { readonly type: 'done'; readonly channel: number; readonly device: Uint8Array }
  /** An encoded run. */
  | { readonly type: 'run'; readonly channel: number; readonly run: Uint8Array }
  /** The sender's user is writing there, or has stopped. */
  | { readonly type: 'typing'; readonly channel: number; readonly isTyping: boolean }
  /** The sender's user has read everything up to this place. */
  | { readonly type: 'read'; readonly channel: number; readonly upTo: Position }
  /** Which members of a large room are there, as far as the sender knows. */
  | (Around & { readonly channel: number })
  /** Whether the sender wants it remembered, and shown, when it was last here. */
  | { readonly type: 'presence'; readonly isLastSeenShown: boolean }
  /** The sender is about to close. */
  | { readonly type: 'bye'; readonly reason: ByeReason }

// The position in these lists is what is sent: append only.
const types = [
  'ping',
  'pong',
  'profile',
  'open',
  'have',
  'want',
  'credit',
  'done',
  'run',
  'bye',
  'keepsake',
  'letter',
  'typing',
  'read',
  'presence',
  'around',
  'address-noted',
  'compare',
  'file-open',
  'file-has',
  'file-ask',
  'file-part',
  'file-lack',
  'file-close',
] as const
const byeReasons = ['leaving', 'replaced', 'protocol', 'removed'] as const
export type ByeReason = (typeof byeReasons)[number]

/** The frame's bytes, never empty. `writer`: where they go, from its beginning. */
export function encodeFrame(frame: Frame, writer = new Writer()): Uint8Array {
  writer.uint8(types.indexOf(frame.type))
  if (isFileFrame(frame)) return writeFileFrame(writer, frame)
  switch (frame.type) {
    case 'ping':
    case 'pong':
      return writer.uint(frame.nonce).finish()
    case 'profile':
      return writer.string(frame.name).bytes(frame.deviceList).fixed(frame.addressSecret).finish()
    case 'address-noted':
      return writer.fixed(frame.digest).finish()
    case 'compare':
      writeComparisonStep(writer, frame.step)
      return writer.finish()
    case 'keepsake':
      return writer.fixed(frame.secret).fixed(frame.token).finish()
    case 'letter':
      return writer.bytes(frame.body).finish()
    case 'open':
      return writer.uint(frame.channel).fixed(frame.token).finish()
    case 'have':
      writer.uint(frame.channel).uint(frame.entries.length)
      for (const { device, ranges } of frame.entries) writeRanges(writer.fixed(device), ranges)
      return writer.finish()
    case 'want':
      return writer.uint(frame.channel).fixed(frame.device).uint(frame.from).uint(frame.to).finish()
    case 'credit':
      return writer.uint(frame.channel).uint(frame.count).finish()
    case 'done':
      return writer.uint(frame.channel).fixed(frame.device).finish()
    case 'run':
      return writer.uint(frame.channel).fixed(frame.run).finish()
    case 'typing':
      return writer.uint(frame.channel).boolean(frame.isTyping).finish()
    case 'read':
      return writer.uint(frame.channel).uint(frame.upTo.clock).fixed(frame.upTo.id).finish()
    case 'presence':
      return writer.boolean(frame.isLastSeenShown).finish()
    case 'around':
      writer.uint(frame.channel).uint(frame.members.length)
      for (const { id, agoSeconds } of frame.members) writer.fixed(id).uint(agoSeconds)
      return writer.finish()
    case 'bye':
      return writer.uint8(byeReasons.indexOf(frame.reason)).finish()
    default:
      return assertNever(frame)
  }
}

/** What stands before the bytes of a part in its frame, so that these need not be copied into one first. */
export function encodePartHead(frame: Extract<Frame, { type: 'file-part' }>, writer = new Writer()): Uint8Array {
  return writePartHead(writer.uint8(types.indexOf(frame.type)), frame).finish()
}

/**
 * The frame; `'unknown'` for a type of a later version, which is skipped; `undefined` for anything out of its bounds,
 * which ends the link.
 */
export function decodeFrame(bytes: Uint8Array): Frame | 'unknown' | undefined {
  const type = types[bytes[0] ?? 0]
  if (bytes.length > 0 && type === undefined) return 'unknown'
  if (type === undefined) return undefined
  if (bytes.length > (type === 'file-part' ? maxFileFrameBytes : maxRunBytes + 1024)) return undefined
  return decodeAll(bytes.subarray(1), (reader) => readFields(type, reader))
}

function readFields(type: Frame['type'], reader: Reader): Frame | undefined {
  const channel = (): number => reader.uint(maxChannels - 1)
  switch (type) {
    case 'ping':
    case 'pong':
      return { type, nonce: reader.uint(Number.MAX_SAFE_INTEGER) }
    case 'profile':
      return {
        type,
        name: reader.string(maxNameBytes),
        deviceList: reader.bytes(maxDeviceListBytes),
        addressSecret: reader.fixed(keyBytes),
      }
    case 'address-noted':
      return { type, digest: reader.fixed(hashBytes) }
    case 'compare': {
      const step = readComparisonStep(reader)
      return step && { type, step }
    }
    case 'keepsake':
      return { type, secret: reader.fixed(keyBytes), token: reader.fixed(keyBytes) }
    case 'letter':
      return { type, body: reader.bytes(maxLetterBytes) }
    case 'open':
      return { type, channel: channel(), token: reader.fixed(hashBytes) }
    case 'have':
      return {
        type,
        channel: channel(),
        entries: reader.list(maxHaveEntries, () => ({
          device: reader.fixed(publicKeyBytes),
          ranges: readRanges(reader),
        })),
      }
    case 'want': {
      const frame = { type, channel: channel(), device: reader.fixed(publicKeyBytes) }
      const from = reader.uint(maxCounter)
      const to = reader.uint(maxCounter)
      return from >= 1 && from <= to ? { ...frame, from, to } : undefined
    }
    case 'credit':
      return { type, channel: channel(), count: reader.uint(1024) }
    case 'done':
      return { type, channel: channel(), device: reader.fixed(publicKeyBytes) }
    case 'run': {
      const frame = { type, channel: channel(), run: reader.fixed(reader.remaining) }
      return frame.run.length < publicKeyBytes ? undefined : frame
    }
    case 'typing':
      return { type, channel: channel(), isTyping: reader.boolean() }
    case 'read':
      return { type, channel: channel(), upTo: { clock: reader.uint(maxCounter), id: reader.fixed(hashBytes) } }
    case 'presence':
      return { type, isLastSeenShown: reader.boolean() }
    case 'around':
      return {
        type,
        channel: channel(),
        members: reader.list(maxAround, () => ({
          id: reader.fixed(aroundIdBytes),
          agoSeconds: reader.uint(maxAroundSeconds),
        })),
      }
    case 'bye': {
      const reason = byeReasons[reader.uint8()]
      return reason && { type, reason }
    }
    case 'file-open':
    case 'file-has':
    case 'file-ask':
    case 'file-part':
    case 'file-lack':
    case 'file-close':
      return readFileFrame(type, reader, maxChannels - 1)
    default:
      return assertNever(type)
  }
}
