import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { SocketMemory, type ReceivingStream } from '../../src/node/socketMemory.ts'

const maxFrameBytes = 65_556

/** A stream that receives as one of UDX does: what comes is in its memory before anybody is asked. */
class Receiver implements ReceivingStream {
  _buffer = Buffer.alloc(64 * 1024 + 2048)
  /** Its mode: 1 while it is not interactive. */
  readonly _handle = Buffer.alloc(1)
  readonly chunks: Uint8Array[] = []
  mtu = 1_500
  #filled = 0

  _consumeData = (length: number): Uint8Array => {
    const chunk = this._buffer.subarray(0, length)
    this._buffer = this._buffer.subarray(length)
    return chunk
  }

  setInteractive(this: { readonly _closed?: boolean; readonly _handle: Uint8Array }, isInteractive: boolean): void {
    if (this._closed === true) this._handle[0] = isInteractive ? 0 : 1
  }

  receive(packet: Uint8Array): void {
    assert.ok(this._buffer.length - this.#filled >= packet.length, 'What does not fit is lost')
    this._buffer.set(packet, this.#filled)
    this.#filled += packet.length
    if (this._handle[0] === 1 && this._buffer.length - this.#filled >= 2 * this.mtu) return
    const length = this.#filled
    this.#filled = 0
    this.chunks.push(this._consumeData(length))
  }

  /** What came since it was asked last. */
  take(): readonly Uint8Array[] {
    return this.chunks.splice(0)
  }
}

const framesOf = (lengths: readonly number[]): Buffer =>
  Buffer.concat(
    lengths.map((length, i) => {
      const frame = Buffer.alloc(3 + length, i + 1)
      frame.writeUIntLE(length, 0, 3)
      return frame
    }),
  )

it('receives into two pieces of memory in turn where everything is read as it comes', () => {
  const stream = new Receiver()
  const memory = new SocketMemory(stream, maxFrameBytes)
  const used = new Set<ArrayBufferLike>()
  for (let i = 0; i < 1_000; i++) {
    stream.receive(Buffer.alloc(i % 45 === 0 ? 200 : 1_452, i))
    for (const chunk of stream.take()) {
      assert.ok(chunk.length === (i % 45 === 0 ? 200 : 1_452) && chunk.every((byte) => byte === (i & 255)))
      used.add(chunk.buffer)
      memory.read(chunk, false)
    }
  }
  // One more may be that which the stream began with.
  assert.ok(used.size <= 3)
})

it('overwrites nothing that has not been read, however long that takes and in whatever order it comes', () => {
  const stream = new Receiver()
  const memory = new SocketMemory(stream, maxFrameBytes)
  const unread: { chunk: Uint8Array; fill: number }[] = []
  const used = new Set<ArrayBufferLike>()
  for (let i = 0; i < 3_000; i++) {
    stream.receive(Buffer.alloc(1 + ((i * 7919) % 1_452), i % 251))
    unread.push(...stream.take().map((chunk) => ({ chunk, fill: i % 251 })))
    used.add(stream._buffer.buffer)
    if (i % 40 < 30) continue
    for (let n = 0; n < 4 && unread.length > 0; n++) {
      const [one] = unread.splice((i * 31) % unread.length, 1)
      assert.ok(one?.chunk.every((byte) => byte === one.fill))
      if (one !== undefined) memory.read(one.chunk, false)
    }
  }
  for (const { chunk, fill } of unread) assert.ok(chunk.every((byte) => byte === fill))
  // What waits takes little more than its own size.
  assert.ok(used.size < 60, `${used.size} pieces`)
})

it('is told of a long frame a few times, and of what comes in one packet at once', () => {
  const stream = new Receiver()
  const memory = new SocketMemory(stream, maxFrameBytes)
  const tell = (bytes: Buffer): number => {
    let told = 0
    for (let at = 0; at < bytes.length; at += 1_452) {
      stream.receive(bytes.subarray(at, at + 1_452))
      for (const chunk of stream.take()) {
        told++
        memory.read(chunk, at + 1_452 >= bytes.length)
      }
    }
    return told
  }
  for (let i = 0; i < 3; i++) assert.equal(tell(framesOf([1_137])), 1)
  assert.ok(tell(framesOf([65_553])) <= 3)
  assert.ok(tell(framesOf(Array.from({ length: 20 }, () => 65_553))) <= 60)
  assert.equal(tell(framesOf([1_137])), 1)
})

it('loses nothing, mixes nothing up and keeps nothing back, whatever frames come in whatever packets', () => {
  const lengths = fc.array(fc.oneof(fc.nat(40), fc.nat(4_000), fc.integer({ min: 60_000, max: 65_553 })), {
    minLength: 1,
    maxLength: 12,
  })
  const sizes = fc.array(fc.integer({ min: 1, max: 1_480 }), { minLength: 1, maxLength: 9 })
  const mtus = fc.array(fc.integer({ min: 1_200, max: 1_500 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(lengths, sizes, mtus, fc.nat(5), fc.nat(9), (frames, packets, mtu, laziness, earlyPackets) => {
      const bytes = framesOf(frames)
      const ends = new Set(frames.map((_, i) => frames.slice(0, i + 1).reduce((sum, length) => sum + 3 + length, 0)))
      const stream = new Receiver()
      let memory: SocketMemory | undefined
      const read: Buffer[] = []
      let [waiting, readBytes]: [Uint8Array[], number] = [[], 0]
      const readAll = (): void => {
        for (const chunk of waiting) {
          read.push(Buffer.from(chunk))
          readBytes += chunk.length
          memory?.read(chunk, ends.has(readBytes))
        }
        waiting = []
      }
      for (let [at, i] = [0, 0]; at < bytes.length; i++) {
        if (i === earlyPackets) memory = new SocketMemory(stream, maxFrameBytes)
        const end = Math.min(bytes.length, at + (packets[i % packets.length] ?? 1))
        stream.mtu = mtu[i % mtu.length] ?? 1_200
        // A stream of UDX that is not looked after makes room by itself.
        if (memory === undefined && stream._buffer.length < 2048) stream._buffer = Buffer.alloc(64 * 1024 + 2048)
        stream.receive(bytes.subarray(at, end))
        waiting.push(...stream.take())
        if (i % (laziness + 1) === 0) readAll()
        at = end
      }
      readAll()
      assert.ok(Buffer.concat(read).equals(bytes))
    }),
    { numRuns: 200 },
  )
})

it('takes what a stream received before, or into memory that it was given by others, and does without where it has none', () => {
  const stream = new Receiver()
  for (let i = 0; i < 44; i++) stream.receive(Buffer.alloc(1_452, 7))
  const before = stream.take()
  const memory = new SocketMemory(stream, maxFrameBytes)
  const readOn = (fill: number): void => {
    for (let i = 0; i < 50; i++) {
      stream.receive(Buffer.alloc(1_452, fill))
      for (const chunk of stream.take()) memory.read(chunk, false)
    }
  }
  readOn(1)
  stream.receive(Buffer.alloc(100, 8))
  const unread = stream.take()
  stream._buffer = Buffer.alloc(64 * 1024)
  readOn(2)
  assert.ok(before.every((chunk) => chunk.every((byte) => byte === 7)))
  assert.ok(unread.every((chunk) => chunk.every((byte) => byte === 8)))
  new SocketMemory({}, maxFrameBytes).read(new Uint8Array(5), true)
})
