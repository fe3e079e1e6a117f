/**
 * Packets: what goes into one Noise message. Frames one after the other, each behind its length, then zeros up to the
 * next size bucket, so that an observer of the wire learns a bucket and not a length. All live traffic fits the
 * smallest one, which travels in one datagram.
 */
import { decodeAll, Writer } from '../codec/codec.ts'
import { maxPacketBytes } from '../ports/transport.ts'

const buckets = [1_120, 4 * 1024, 16 * 1024, maxPacketBytes] as const
const lengthBytes = 3
/** The most bytes of one frame. */
export const maxFrameBytes = maxPacketBytes - lengthBytes
/** The most frames of one packet. */
export const maxPacketFrames = 512

/** The frames in as few packets as they fit, in order. Throws on an empty frame or one over `maxFrameBytes`. */
export function encodePackets(frames: readonly Uint8Array[]): Uint8Array[] {
  const packets: Uint8Array[] = []
  let batch: Uint8Array[] = []
  let size = 0
  for (const frame of frames) {
    if (frame.length === 0 || frame.length > maxFrameBytes) throw new Error(`A frame of ${String(frame.length)} bytes`)
    const cost = frame.length + lengthBytes
    if (size + cost > maxPacketBytes || batch.length === maxPacketFrames) {
      packets.push(pad(batch, size))
      batch = []
      size = 0
    }
    batch.push(frame)
    size += cost
  }
  if (batch.length > 0) packets.push(pad(batch, size))
  return packets
}

function pad(frames: readonly Uint8Array[], size: number): Uint8Array {
  const bucket = buckets.find((bytes) => bytes >= size) ?? maxPacketBytes
  // The buffer is as large as the bucket, and what is not written stays zero.
  const writer = new Writer(bucket)
  for (const frame of frames) writer.bytes(frame)
  const written = writer.length
  return written === bucket ? writer.finish() : writer.fixed(new Uint8Array(bucket - written)).finish()
}

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
