import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import type { HeadlessPeer } from './headlessPeer.ts'
import { World } from './world.ts'

const mebibyte = 1024 * 1024
const lookEveryMs = 500
/** What a process may come to hold more in the second half of its work than in the first. */
const slackBytes = 96 * mebibyte

/** A stretch of work of one process. */
export interface LargeFileStage {
  readonly name: string
  readonly ms: number
  /** The most memory in the first and in the second half, in bytes. */
  readonly held: readonly [number, number]
}

/**
 * Ada seals a file of so many bytes, and Bob fetches it over loopback sockets: neither holds more memory as it goes on.
 * The file has holes, so that only its two sealed copies take room: twice its size has to be free.
 */
export async function playLargeFile(t: TestContext, bytes: number, deadlineMs: number): Promise<LargeFileStage[]> {
  const world = await World.open(t)
  const homes = { ada: await world.home('Ada'), bob: await world.home('Bob') }
  const ada = await homes.ada.setUp({ deadlineMs })
  const bob = await homes.bob.setUp({ deadlineMs })
  const conversation = await world.befriend(ada, bob)
  const path = join(homes.ada.data, '..', 'large.bin')
  const file = await open(path, 'w')
  await file.truncate(bytes)
  await file.close()
  const sealed = await watched('sealing', [ada], () => ada.request('file/send', { conversation, path }))
  await rm(path)
  const message = sealed.result.id
  await bob.until('the message', async () => (await bob.request('message/get', { conversation, message })) ?? undefined)
  const fetched = await watched('fetching', [ada, bob], async () => {
    await bob.request('file/download', { conversation, message })
    await bob.until('all of the file', async () => {
      const { kind } = await bob.request('file/state', { conversation, message })
      return kind === 'here' ? true : undefined
    })
  })
  const stages = [...sealed.stages, ...fetched.stages]
  for (const { name, held } of stages)
    assert.ok(held[1] < held[0] + slackBytes, `${name}: ${String(held[0])}, then ${String(held[1])} bytes`)
  return stages
}

/** Does some work, and looks meanwhile at how much memory processes hold. */
async function watched<T>(
  name: string,
  peers: readonly HeadlessPeer[],
  work: () => Promise<T>,
): Promise<{ result: T; stages: LargeFileStage[] }> {
  const startMs = performance.now()
  const samples: { readonly ms: number; readonly bytes: readonly number[] }[] = []
  const stop = new AbortController()
  const looking = (async () => {
    while (!stop.signal.aborted) {
      samples.push({ ms: performance.now() - startMs, bytes: peers.map(heldBytesOf) })
      await setTimeout(lookEveryMs)
    }
  })()
  try {
    const result = await work()
    const ms = performance.now() - startMs
    const stages = peers.map((_, i): LargeFileStage => {
      const most = (from: number, to: number): number =>
        Math.max(0, ...samples.flatMap((one) => (one.ms >= from && one.ms <= to ? (one.bytes[i] ?? 0) : [])))
      return { name: `${name} ${String(i + 1)}`, ms, held: [most(0, ms / 2), most(ms / 2, ms)] }
    })
    return { result, stages }
  } finally {
    stop.abort()
    await looking
  }
}

/** What a process holds in memory, as Linux says it. */
function heldBytesOf({ pid }: HeadlessPeer): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
}
