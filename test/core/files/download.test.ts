import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Download } from '../../../src/core/files/download.ts'
import { blockBytes } from '../../../src/core/files/fileShape.ts'
import type { Source } from '../../../src/core/files/source.ts'
import type { Ranges } from '../../../src/core/event/ranges.ts'
import type { DeviceId } from '../../../src/shared/ids.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { contentOf, emptyCopy, sampleFile, type SampleFile } from './sampleFile.ts'

/** How somebody behaves who is asked for parts. */
type Conduct = 'honest' | 'slow' | 'late' | 'false' | 'cut' | 'silent' | 'lacking' | 'vanishing' | 'repeating'

class Peer {
  readonly #file: SampleFile
  readonly #clock: FakeClock
  readonly #conduct: Conduct
  source: Source | undefined
  given = 0

  constructor(file: SampleFile, clock: FakeClock, conduct: Conduct) {
    this.#file = file
    this.#clock = clock
    this.#conduct = conduct
  }

  join(download: Download, name: string): void {
    this.source = download.add({
      device: name.padStart(64, '0') as DeviceId,
      ask: (from, count) => {
        for (let part = from; part < from + count; part++) this.#answer(download, part)
      },
      close: () => (this.source = undefined),
    })
    if (this.source !== undefined) download.onHas(this.source, this.#file.whole.held)
  }

  #answer(download: Download, part: number): void {
    const delayMs = { slow: 700, late: 45_000 }[this.#conduct as string] ?? part % 7
    this.#clock.after(delayMs, () => void this.#give(download, part))
  }

  async #give(download: Download, part: number): Promise<void> {
    const bytes = (await this.#file.whole.read(part)) ?? new Uint8Array(0)
    const { source } = this
    if (source === undefined || this.#conduct === 'silent') return
    this.given++
    if (this.#conduct === 'vanishing' && this.given > 3) {
      this.source = undefined
      download.remove(source)
    } else if (this.#conduct === 'lacking' && part % 2 === 0) download.onLack(source, part, 1)
    else if (this.#conduct === 'false' && part > 4) download.onPart(source, part, new Uint8Array(bytes.length))
    else if (this.#conduct === 'cut' && part > 4) download.onPart(source, part, bytes.subarray(1))
    else {
      download.onPart(source, part, bytes)
      if (this.#conduct === 'repeating') download.onPart(source, part, bytes)
      // The link uses its memory again.
      bytes.fill(0xee)
    }
  }
}

async function setUp(size: number) {
  const clock = new FakeClock()
  const log = new RecordingLog()
  const file = await sampleFile(size)
  const { copy, disk } = await emptyCopy(file)
  const kept: Ranges[] = []
  const told = { isWhole: false }
  const download = new Download({
    copy,
    clock,
    log,
    keep: (held) => {
      kept.push(held)
      return Promise.resolve()
    },
    onChange: (isWhole) => (told.isWhole ||= isWhole),
  })
  return { clock, log, file, copy, disk, kept, told, download }
}

test('a file becomes whole from whoever is there, as long as one of them is honest', async () => {
  const conducts = fc.array(
    fc.constantFrom<Conduct>('slow', 'late', 'false', 'cut', 'silent', 'lacking', 'vanishing', 'repeating'),
    { maxLength: 4 },
  )
  await fc.assert(
    fc.asyncProperty(conducts, fc.nat(4), fc.integer({ min: 1, max: 12 * blockBytes }), async (others, at, size) => {
      const { clock, file, copy, told, download, kept } = await setUp(size)
      const all = others.toSpliced(at, 0, 'honest')
      for (const [i, conduct] of all.entries()) new Peer(file, clock, conduct).join(download, String(i))
      await clock.until(() => told.isWhole, 20 * 60_000)
      assert.equal(copy.isWhole, true)
      assert.deepEqual(kept.at(-1), [{ from: 1, to: copy.shape.parts }])
      assert.deepEqual(await contentOf(copy, file.record.key), file.bytes)
      download.dispose()
    }),
    { numRuns: 40 },
  )
})

test('two who have it both give, and neither gives what the other gave', async () => {
  const { clock, file, told, download, copy } = await setUp(40 * blockBytes)
  const peers = [new Peer(file, clock, 'honest'), new Peer(file, clock, 'honest')]
  for (const [i, peer] of peers.entries()) peer.join(download, String(i))
  await clock.until(() => told.isWhole)
  assert.equal(
    peers.reduce((sum, { given }) => sum + given, 0),
    copy.shape.parts,
  )
  for (const { given } of peers) assert.ok(given > 10)
})

test('whoever vanishes leaves no speed behind, and is waited for as soon as the link is known to be gone', async () => {
  const { clock, file, download } = await setUp(400 * blockBytes)
  const peer = new Peer(file, clock, 'slow')
  peer.join(download, '1')
  await clock.advance(6_000)
  assert.equal(download.obstacle, undefined)
  assert.ok(download.bytesPerSecond > blockBytes)
  const { source } = peer
  assert.ok(source !== undefined)
  peer.source = undefined
  await clock.advance(4_500)
  assert.deepEqual([download.obstacle, download.bytesPerSecond], [undefined, 0])
  download.remove(source)
  assert.equal(download.obstacle, 'nobody-online')
  download.dispose()
})

test('somebody who sends something false is not asked again, under whichever link', async () => {
  const { clock, file, log, download } = await setUp(8 * blockBytes)
  const liar = new Peer(file, clock, 'false')
  liar.join(download, '1')
  await clock.advance(5_000)
  assert.equal(download.obstacle, 'nobody-online')
  assert.match(log.entries.map(({ message }) => message).join('\n'), /was not what it should be/)
  liar.join(download, '1')
  assert.equal(liar.source, undefined)
})

test('a part that nobody asked for is a breach, and changes nothing', async () => {
  const { clock, file, copy, download } = await setUp(3 * blockBytes)
  const peer = new Peer(file, clock, 'silent')
  peer.join(download, '1')
  const { source } = peer
  assert.ok(source !== undefined)
  assert.equal(download.onPart(source, copy.shape.parts, new Uint8Array(5)), false)
  assert.equal(download.onLack(source, copy.shape.parts, 1), false)
  assert.equal(copy.held.length, 0)
})

test('what is gathered is noted at least every second, so that a crash loses little', async () => {
  const { clock, file, kept, download } = await setUp(12 * blockBytes)
  new Peer(file, clock, 'slow').join(download, '1')
  await clock.advance(5_000)
  assert.ok(kept.length > 0)
  download.dispose()
})

test('a disk that is full is said, nothing is asked for meanwhile, and it goes on by itself', async () => {
  const { clock, file, disk, told, download } = await setUp(12 * blockBytes)
  disk.bytesLeft = 5 * blockBytes
  new Peer(file, clock, 'honest').join(download, '1')
  await clock.advance(2_000)
  assert.equal(download.obstacle, 'disk-full')
  disk.bytesLeft = Number.POSITIVE_INFINITY
  await clock.until(() => told.isWhole)
  assert.equal(download.obstacle, undefined)
})
