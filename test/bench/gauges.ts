import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How late the event loop was, in milliseconds beyond the sampling interval. */
export interface LoopDelay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const resolutionMs = 1
/** Less than this is as good as none, and can still be divided by. */
const leastMs = 0.01
const histogram = monitorEventLoopDelay({ resolution: resolutionMs })

/** Forgets what was seen and watches the event loop of this process from now on. */
export function startLoopDelay(): void {
  histogram.enable()
  histogram.reset()
}

/** What was seen since `startLoopDelay`. */
export function readLoopDelay(): LoopDelay {
  const beyond = (nanoseconds: number): number => Math.max(leastMs, nanoseconds / 1e6 - resolutionMs)
  return {
    p50Ms: beyond(histogram.percentile(50)),
    p99Ms: beyond(histogram.percentile(99)),
    maxMs: beyond(histogram.max),
  }
}

/** The resident memory of this process at rest, in megabytes, after garbage collection. */
export async function readIdleMemory(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.()
    await delay(100)
  }
  return process.memoryUsage.rss() / 1e6
}

/**
 * The most resident memory this process ever had, in megabytes. Where Linux says it of the program alone, that counts:
 * `maxRSS` begins with what the process that started it had.
 */
export function readPeakMemory(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : ''
  const kibibytes = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS)
  return (kibibytes * 1024) / 1e6
}

/** Processor time that this process has used since it started, in milliseconds: what a busy machine does not change. */
export function readCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e3
}

/** Milliseconds of a clock that all processes of this machine share. */
export function sharedClockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
