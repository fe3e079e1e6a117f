import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { openChat, openPair, type ChatPair, type ChatParticipant } from '../chatPair.ts'
import type { BenchContext } from '../context.ts'
import { ratio, target, type Entry, type Section } from '../report.ts'
import { figure, percentile, repeat, type Figure } from '../statistics.ts'
import { connectPair, type RawFigures } from './rawSocket.ts'

const mebibyte = 1024 * 1024
const packetBytes = 64 * 1024

/** Files from one disk to the other, beside a plain socket that carries as many bytes in messages of 64 KiB to nowhere. */
export async function measureFiles(bench: BenchContext, raw: RawFigures): Promise<Section> {
  const pair = await openPair(bench)
  const { plain, taken, fetched } = await measureSpeed(bench, pair)
  const live = await measureLive(bench, pair)
  const resumed = await measureResume(bench, pair)
  await bench.endParticipants()
  return {
    title: `Files (${String(bench.scale.fileMegabytes)} MB)`,
    entries: [
      {
        name: 'fetched, proven and on disk',
        unit: 'MB a second',
        figure: fetched,
        raw: plain,
        ratio: ratio(fetched, plain, 'more-is-better'),
        target: target('at least 0.7 of the plain socket', fetched.median >= 0.7 * plain.median),
      },
      { name: 'taken in and sealed before that', unit: 'MB a second', figure: taken },
      {
        name: 'a message while a file is fetched, p95',
        unit: 'ms',
        figure: live,
        raw: raw.echoMs,
        target: target('under 100 ms', live.median < 100),
      },
      ...resumed,
      ...(await measureMemory(bench)),
    ],
  }
}

/** By turns, since machines are faster at one time than at another; the first turn, in which both get warm, does not count. */
async function measureSpeed(bench: BenchContext, { ada, bob, conversation }: ChatPair) {
  const { fileMegabytes, rounds } = bench.scale
  const { dialler } = await connectPair(bench)
  const count = (fileMegabytes * mebibyte) / packetBytes
  const path = await makeFile(bench, fileMegabytes)
  const turns = await repeat(1 + rounds, async () => {
    const plain = await dialler.call('flood', { count, bytes: packetBytes })
    const { message, ms: taken } = await ada.call('sendFile', { conversation, path })
    const fetched = await bob.call('fetchFile', { conversation, message })
    await bob.call('dropFile', { conversation, message })
    return { plain, taken, fetched }
  })
  const speed = (of: (turn: (typeof turns)[number]) => number): Figure =>
    figure(turns.slice(1).map((turn) => perSecond(fileMegabytes, of(turn))))
  return {
    plain: speed(({ plain }) => plain),
    taken: speed(({ taken }) => taken),
    fetched: speed(({ fetched }) => fetched),
  }
}

/** How long messages are under way while a file goes the same way. */
async function measureLive(bench: BenchContext, { ada, bob, conversation }: ChatPair): Promise<Figure> {
  const { fileMegabytes, liveMessages } = bench.scale
  const { message } = await ada.call('sendFile', { conversation, path: await makeFile(bench, 4 * fileMegabytes) })
  const fetching = bob.call('fetchFile', { conversation, message })
  await bob.call('arrivals', undefined)
  const sent = await ada.call('converse', { conversation, count: Math.min(50, liveMessages) })
  const arrived = new Map((await bob.call('arrivals', undefined)).map(({ id, atMs }) => [id, atMs]))
  const times = sent.flatMap(({ id, atMs }) => (arrived.has(id) ? [(arrived.get(id) ?? 0) - atMs] : []))
  await fetching
  await bob.call('dropFile', { conversation, message })
  return figure([percentile(times, 0.95)])
}

/** The fetching side is killed in the middle and started anew: how much of what was there is fetched once more, and how long it takes. */
async function measureResume(bench: BenchContext, pair: ChatPair): Promise<Entry[]> {
  const { ada, conversation, homes } = pair
  const megabytes = 4 * bench.scale.fileMegabytes
  const { message } = await ada.call('sendFile', { conversation, path: await makeFile(bench, megabytes) })
  const bytes = (megabytes * mebibyte) / 2
  await pair.bob.call('fetchFile', { conversation, message, bytes })
  await pair.bob.kill()
  const again: ChatParticipant = await openChat(bench, homes.bob)
  const held = await again.call('heldOfFile', { conversation, message })
  const ms = await again.call('fetchFile', { conversation, message })
  const lost = Math.max(0, bytes - held) / mebibyte
  return [
    {
      name: 'half of it, then kill -9 and a new start: fetched once more',
      unit: 'MB',
      figure: figure([lost]),
      target: target('at most 128 MB', lost <= 128),
    },
    { name: 'the rest, from the new start to its end', unit: 'ms', figure: figure([ms]) },
  ]
}

/** The most memory that a large file takes on either side, above that of a chat at rest. */
async function measureMemory(bench: BenchContext): Promise<Entry[]> {
  const { ada, bob, conversation } = await openPair(bench)
  const rest = Math.max(await ada.call('idleMemory', undefined), await bob.call('idleMemory', undefined))
  const path = await makeFile(bench, bench.scale.largeFileMegabytes)
  const { message } = await ada.call('sendFile', { conversation, path })
  await bob.call('fetchFile', { conversation, message })
  const peaks = await Promise.all([ada, bob].map((one) => one.call('peakMemory', undefined)))
  await bench.endParticipants()
  return peaks.map((peak, i) => ({
    name: `${String(bench.scale.largeFileMegabytes)} MB: most memory of whoever ${i === 0 ? 'sends' : 'fetches'} it, above rest`,
    unit: 'MB',
    figure: figure([Math.max(0, peak - rest)]),
    target: target('at most 150 MB', peak - rest <= 150),
  }))
}

/** A file with something in it here and there, and holes in between. */
async function makeFile(bench: BenchContext, megabytes: number): Promise<string> {
  const path = join(await bench.directory(), 'file')
  const file = await open(path, 'w')
  for (let at = 0; at < megabytes; at += 16) await file.write(randomBytes(4096), 0, 4096, at * mebibyte)
  await file.truncate(megabytes * mebibyte)
  await file.close()
  return path
}

const perSecond = (megabytes: number, ms: number): number => (megabytes * 1000) / ms
