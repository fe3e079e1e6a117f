import assert from 'node:assert/strict'
import { it } from 'node:test'
import { SocketMemory, type ReceivingStream } from '../../src/node/socketMemory.ts'

/** A stream that receives as one of UDX does. */
class Receiver implements ReceivingStream {
  _buffer: Uint8Array = new Uint8Array(64 * 1024 + 2048)
  _reallocData(): Uint8Array {
    throw new Error('It would allocate')
  }

  receive(length: number, fill: number): Uint8Array {
    const chunk = this._buffer.subarray(0, length).fill(fill)
    this._buffer = this._buffer.subarray(length)
    if (this._buffer.length < 2048) this._reallocData()
    return chunk
  }
}

it('receives into two pieces of memory in turn where everything is read as it comes', () => {
  const stream = new Receiver()
  const memory = new SocketMemory(stream)
  const used = new Set<ArrayBufferLike>()
  for (let i = 0; i < 1_000; i++) {
    const chunk = stream.receive(1_452, i)
    used.add(chunk.buffer)
    memory.read(chunk)
  }
  // One more is that which the stream began with.
  assert.equal(used.size, 3)
})

it('overwrites nothing that has not been read, however long that takes and in whatever order it comes', () => {
  const stream = new Receiver()
  const memory = new SocketMemory(stream)
  const unread: { chunk: Uint8Array; fill: number }[] = []
  for (let i = 0; i < 3_000; i++) {
    unread.push({ chunk: stream.receive(1 + ((i * 7919) % 1_452), i % 251), fill: i % 251 })
    if (i % 400 < 300) continue
    for (let n = 0; n < 4 && unread.length > 0; n++) {
      const [one] = unread.splice((i * 31) % unread.length, 1)
      assert.ok(one?.chunk.every((byte) => byte === one.fill))
      if (one !== undefined) memory.read(one.chunk)
    }
  }
  for (const { chunk, fill } of unread) assert.ok(chunk.every((byte) => byte === fill))
})

it('does without where the stream was given other memory, or has none', () => {
  const stream = new Receiver()
  const memory = new SocketMemory(stream)
  for (let i = 0; i < 50; i++) memory.read(stream.receive(1_452, 1))
  const first = stream.receive(100, 7)
  stream._buffer = new Uint8Array(64 * 1024)
  for (let i = 0; i < 200; i++) memory.read(stream.receive(1_452, 2))
  assert.ok(first.every((byte) => byte === 7))
  new SocketMemory({}).read(new Uint8Array(5))
})
