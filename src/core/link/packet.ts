/**
 * Packets: what goes into one Noise message. Frames one after the other, each behind its length, then zeros up to the
 * next size bucket, so that an observer of the wire learns a bucket and not a length. All live traffic fits the
 * smallest one, which travels in one datagram.
 */
import { decodeAll, Writer } from '../codec/codec.ts'
import type { Allocate } from '../crypto/primitives.ts'
import { maxPacketBytes } from '../ports/transport.ts'

const buckets = [1_120, 4 * 1024, 16 * 1024, maxPacketBytes] as const
const lengthBytes = 3
/** The most bytes of one frame. */
export const maxFrameBytes = maxPacketBytes - lengthBytes
/** The most frames of one packet. */
export const maxPacketFrames = 512

/** Where a packet is put together: the next one is put together in the same memory. */
const packetWriter = new Writer(maxPacketBytes)

/**
 * The frames in as few packets as they fit, in order. A frame is copied before the next is asked for. `allocate`: where the
 * packets go. Throws on an empty frame or one over `maxFrameBytes`.
 */
export function encodePackets(
  frames: Iterable<Uint8Array>,
  allocate: Allocate = (size) => new Uint8Array(size),
): Uint8Array[] {
  const packets: Uint8Array[] = []
  const writer = packetWriter.reset()
  let count = 0
  const finish = (): void => {
    packets.push(pad(writer.finish(), allocate))
    writer.reset()
    count = 0
  }
  for (const frame of frames) {
    if (frame.length === 0 || frame.length > maxFrameBytes) throw new Error(`A frame of ${String(frame.length)} bytes`)
    if (writer.length + lengthBytes + frame.length > maxPacketBytes || count === maxPacketFrames) finish()
    writer.bytes(frame)
    count++
  }
  if (count > 0) finish()
  return packets
}

/** The same packet that `encodePackets` makes of one frame, whose beginning and end go straight to where it is. */
export function encodeLongFrame(beginning: Uint8Array, end: Uint8Array, allocate: Allocate): Uint8Array {
  const length = beginning.length + end.length
  if (length === 0 || length > maxFrameBytes) throw new Error(`A frame of ${String(length)} bytes`)
  const prefix = new Writer(lengthBytes).uint(length).finish()
  const packet = allocate(bucketOf(prefix.length + length))
  packet.set(prefix)
  packet.set(beginning, prefix.length)
  packet.set(end, prefix.length + beginning.length)
  return packet.fill(0, prefix.length + length)
}

function pad(content: Uint8Array, allocate: Allocate): Uint8Array {
  const packet = allocate(bucketOf(content.length))
  packet.set(content)
  return packet.fill(0, content.length)
}

const bucketOf = (length: number): number => buckets.find((bytes) => bytes >= length) ?? maxPacketBytes

/** The frames of a packet, as views; `undefined` if it is not a packet: bad lengths, too many frames, padding that is not zero. */
export function decodePacket(packet: Uint8Array): Uint8Array[] | undefined {
  if (packet.length > maxPacketBytes) return undefined
  return decodeAll(packet, (reader) => {
    const frames: Uint8Array[] = []
    while (reader.remaining > 0) {
      const frame = reader.bytes(maxFrameBytes)
      if (frame.length === 0) {
        if (!isZero(reader.fixed(reader.remaining))) reader.fail()
        break
      }
      frames.push(frame)
      if (frames.length > maxPacketFrames) reader.fail()
    }
    return frames
  })
}

/** Padding is most of a packet's bytes: a plain loop takes a tenth of the time of `every`. */
function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false
  return true
}
