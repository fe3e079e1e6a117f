import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Conversation } from '../../../src/core/conversation/conversation.ts'
import type { Ranges } from '../../../src/core/event/ranges.ts'
import { FileExchange } from '../../../src/core/files/fileExchange.ts'
import { maxAskedParts, maxOpenFiles, type FileFrame } from '../../../src/core/files/fileFrame.ts'
import type { KeptFile } from '../../../src/core/files/fileShelf.ts'
import { blockBytes } from '../../../src/core/files/fileShape.ts'
import { ServedBook } from '../../../src/core/files/servedBook.ts'
import type { Frame } from '../../../src/core/link/frame.ts'
import type { Link } from '../../../src/core/link/link.ts'
import type { ConversationId, PersonId } from '../../../src/shared/ids.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { sampleFile } from './sampleFile.ts'

const shared = { id: 'c'.repeat(64) as ConversationId } as unknown as Conversation
const foreign = { id: 'd'.repeat(64) as ConversationId } as unknown as Conversation
const somebody = 'a'.repeat(64) as PersonId

/** One end of a link that remembers what was said, and a file of the conversation that both share. */
async function setUp(size = 4 * blockBytes) {
  const { whole, record } = await sampleFile(size)
  const kept = { record, copy: whole, isIn: (id: ConversationId) => id === shared.id } as unknown as KeptFile
  const frames: Frame[] = []
  const standing = { isShared: true, closed: undefined as string | undefined }
  const link = {
    peer: { device: 'e'.repeat(64), person: somebody },
    isCongested: false,
    isClosed: false,
    send: (frame: Frame) => frames.push(frame),
    flush: () => undefined,
    close: (reason: string) => (standing.closed = reason),
  }
  const served = new ServedBook()
  const root = Buffer.from(record.root).toString('hex')
  const exchange = new FileExchange({
    link: link as unknown as Link,
    clock: new FakeClock(),
    log: new RecordingLog(),
    find: (wanted) => (wanted === root ? kept : undefined),
    channelOf: (conversation) => (conversation === shared && standing.isShared ? 3 : undefined),
    mayServe: (file) => served.mayServe(somebody, file),
    onServed: () => undefined,
  })
  const say = async (frame: FileFrame, conversation?: Conversation): Promise<void> => {
    exchange.onFrame(frame, conversation)
    for (let i = 0; i < 200; i++) await Promise.resolve()
  }
  const open = (file = 1, conversation: Conversation | 'none' = shared): Promise<void> =>
    say(
      { type: 'file-open', channel: 3, file, root: record.root, held: 0 },
      conversation === 'none' ? undefined : conversation,
    )
  const claimed = (): Ranges | undefined => frames.findLast((frame) => frame.type === 'file-has')?.parts
  const given = (): number[] => frames.flatMap((frame) => (frame.type === 'file-part' ? [frame.part] : []))
  return { exchange, link, frames, standing, say, open, claimed, given, copy: whole, record }
}

test('a member gets what it asks for, in order, and a word for what is not there', async () => {
  const { open, say, claimed, given, frames, copy } = await setUp()
  await open()
  assert.deepEqual(claimed(), [{ from: 1, to: copy.shape.parts }])
  await say({ type: 'file-ask', file: 1, from: 1, count: copy.shape.parts + 2 })
  assert.deepEqual(
    given(),
    Array.from({ length: copy.shape.parts }, (_, i) => i + 1),
  )
  const lacks = frames.flatMap((frame) => (frame.type === 'file-lack' ? [frame.from] : []))
  assert.deepEqual(lacks, [copy.shape.parts + 1, copy.shape.parts + 2])
})

test('somebody who does not share the conversation learns nothing, and gets nothing', async () => {
  for (const conversation of ['none' as const, foreign]) {
    const { open, say, claimed, given } = await setUp()
    await open(1, conversation)
    assert.deepEqual(claimed(), [])
    await say({ type: 'file-ask', file: 1, from: 1, count: 4 })
    assert.deepEqual(given(), [])
  }
})

test('who is removed from the conversation gets nothing more, in the middle of a file', async () => {
  const { open, say, given, standing } = await setUp()
  await open()
  await say({ type: 'file-ask', file: 1, from: 1, count: 2 })
  standing.isShared = false
  await say({ type: 'file-ask', file: 1, from: 3, count: 2 })
  assert.deepEqual(given(), [1, 2])
})

test('a full link is given nothing until it takes more', async () => {
  const { open, say, given, link, exchange } = await setUp()
  await open()
  link.isCongested = true
  await say({ type: 'file-ask', file: 1, from: 1, count: 3 })
  assert.deepEqual(given(), [])
  link.isCongested = false
  exchange.onDrain()
  for (let i = 0; i < 100; i++) await Promise.resolve()
  assert.deepEqual(given(), [1, 2, 3])
})

test('a link that is full in the middle is given the rest once it takes more, and nothing once it has no part in it', async () => {
  for (const isLeaving of [false, true]) {
    const { open, say, given, link, exchange, standing, copy, frames } = await setUp(6 * blockBytes)
    await open()
    const send = link.send.bind(link)
    link.send = (frame) => {
      link.isCongested = frame.type === 'file-part'
      // What leaves is encoded at once: its memory is used again.
      return send(frame.type === 'file-part' ? { ...frame, bytes: frame.bytes.slice() } : frame)
    }
    const first = copy.shape.blockPart(0)
    await say({ type: 'file-ask', file: 1, from: first, count: 6 })
    assert.deepEqual(given(), [first])
    standing.isShared = !isLeaving
    for (let drain = 0; drain < 6; drain++) {
      link.isCongested = false
      exchange.onDrain()
      for (let i = 0; i < 200; i++) await Promise.resolve()
    }
    assert.equal(given().length, isLeaving ? 1 : 6)
    for (const frame of frames)
      if (frame.type === 'file-part')
        assert.ok((await copy.read(frame.part))?.every((byte, i) => byte === frame.bytes[i]))
  }
})

test('a file that is closed, or a link that ends, while the link is full, is waited for no longer', async () => {
  for (const end of ['close', 'dispose'] as const) {
    const { open, say, given, link, exchange, copy } = await setUp(6 * blockBytes)
    await open()
    const send = link.send.bind(link)
    link.send = (frame) => {
      link.isCongested = frame.type === 'file-part'
      return send(frame)
    }
    await say({ type: 'file-ask', file: 1, from: copy.shape.blockPart(0), count: 6 })
    if (end === 'close') await say({ type: 'file-close', file: 1 })
    else exchange.dispose()
    link.isCongested = false
    exchange.onDrain()
    for (let i = 0; i < 200; i++) await Promise.resolve()
    assert.equal(given().length, 1)
  }
})

test('two files come in turn, a few parts of each', async () => {
  const { open, say, link, exchange, frames } = await setUp(10 * blockBytes)
  await open(1)
  await open(2)
  link.isCongested = true
  for (const file of [1, 2]) await say({ type: 'file-ask', file, from: 1, count: 10 })
  link.isCongested = false
  exchange.onDrain()
  for (let i = 0; i < 400; i++) await Promise.resolve()
  assert.deepEqual(
    frames.flatMap((frame) => (frame.type === 'file-part' ? [frame.file] : [])),
    [1, 2, 1, 2].flatMap((file, turn) => Array.from({ length: turn < 2 ? 8 : 2 }, () => file)),
  )
})

test('whoever asks for the same again and again gets no more of it', async () => {
  const { open, say, given, copy } = await setUp(blockBytes)
  await open()
  for (let i = 0; i < 400; i++) await say({ type: 'file-ask', file: 1, from: 1, count: copy.shape.parts })
  assert.equal(given().length, 4 * copy.shape.parts + 256)
})

const breaches: readonly (readonly [string, readonly FileFrame[]])[] = [
  ['asks for a file that it has not opened', [{ type: 'file-ask', file: 9, from: 1, count: 1 }]],
  [
    'brings a part of a file that was not opened here',
    [{ type: 'file-part', file: 1, part: 1, bytes: new Uint8Array(9) }],
  ],
  ['says what it has of such a file', [{ type: 'file-has', file: 1, parts: [] }]],
  ['lacks something of such a file', [{ type: 'file-lack', file: 1, from: 1, count: 1 }]],
]
for (const [what, frames] of breaches)
  test(`a link whose other end ${what} is closed`, async () => {
    const { say, standing } = await setUp()
    for (const frame of frames) await say(frame)
    assert.equal(standing.closed, 'protocol')
  })

test('more open files, or more parts at once, than anybody needs close the link', async () => {
  const many = await setUp()
  for (let file = 1; file <= maxOpenFiles; file++) await many.open(file)
  assert.equal(many.standing.closed, undefined)
  await many.open(maxOpenFiles + 1)
  assert.equal(many.standing.closed, 'protocol')

  const greedy = await setUp()
  await greedy.open()
  greedy.link.isCongested = true
  await greedy.say({ type: 'file-ask', file: 1, from: 1, count: maxAskedParts })
  assert.equal(greedy.standing.closed, undefined)
  await greedy.say({ type: 'file-ask', file: 1, from: 1, count: 1 })
  assert.equal(greedy.standing.closed, 'protocol')
})
