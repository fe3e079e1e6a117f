import type { LoopDelay } from './gauges.ts'

/** A process whose event loop can be watched from outside. */
export interface WatchedProcess {
  call(name: 'watchLoop', params: undefined): Promise<void>
  call(name: 'loopDelay', params: undefined): Promise<LoopDelay>
}

/** Watches the event loops of `processes` while `work` goes on: its result, and the p99 of the loop that was later. */
export async function watchLoops<T>(
  processes: readonly WatchedProcess[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly p99Ms: number }> {
  await Promise.all(processes.map((process) => process.call('watchLoop', undefined)))
  const result = await work()
  const delays = await Promise.all(processes.map((process) => process.call('loopDelay', undefined)))
  return { result, p99Ms: Math.max(...delays.map(({ p99Ms }) => p99Ms)) }
}
