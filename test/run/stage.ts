import { type ChildProcess, spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { type Counts, parseCounts } from './counts.ts'
import { parseNotRun } from './notRun.ts'

/** A part of the whole test run: a child process of its own. */
export interface Stage {
  readonly name: string
  /** The arguments for the Node that runs this. */
  readonly args: readonly string[]
  /** `check`: its exit code is one check. `suite`: it says its counts in a line of its own. */
  readonly kind: 'check' | 'suite'
  /** It leaves the machine idle most of the time: it runs beside the other suites. */
  readonly isMostlyWaiting?: true
  /** After so long it is ended, with everything it started, and has failed. */
  readonly ceilingMs: number
}

/** What became of a stage. */
export interface StageResult {
  readonly counts: Counts
  readonly durationMs: number
  /** A sentence, if something other than its own counts failed. */
  readonly problem?: string
  /** Why it cannot run on this machine, in its own words: then nothing passed and nothing failed. */
  readonly notRun?: string
}

const running = new Set<ChildProcess>()

/** Ends every stage that runs, with everything it started. */
export function endStages(): void {
  for (const child of running) killTree(child)
}

/**
 * Runs the stage in `folder` and hands its output to `show` as it comes. Never rejects: what goes wrong is a failed
 * stage.
 */
export async function runStage(stage: Stage, folder: string, show: (text: string) => void): Promise<StageResult> {
  const startMs = performance.now()
  const ending = await runChild(stage, folder, show)
  return { ...judge(stage, ending), durationMs: performance.now() - startMs }
}

interface Ending {
  readonly output: string
  /** `null` if a signal ended it. */
  readonly code: number | null
  readonly isOverdue: boolean
}

function runChild(stage: Stage, folder: string, show: (text: string) => void): Promise<Ending> {
  return new Promise((resolve) => {
    // A process group of its own: the ceiling ends what it started as well.
    const child = spawn(process.execPath, stage.args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}) },
    })
    running.add(child)
    let output = ''
    let isOverdue = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      // The counts are at the end: the beginning of a long output need not be kept.
      output = (output + text).slice(-65_536)
      show(text)
    })
    child.stderr.setEncoding('utf8').on('data', show)
    const timer = setTimeout(() => {
      isOverdue = true
      killTree(child)
    }, stage.ceilingMs)
    const finish = (code: number | null): void => {
      clearTimeout(timer)
      running.delete(child)
      resolve({ output, code, isOverdue })
    }
    child.on('error', () => finish(null))
    child.on('exit', (code) => {
      // Its group may outlive it and hold the pipes open: nothing is owed to what a stage leaves behind.
      if (process.platform !== 'win32') killTree(child)
      child.on('close', () => finish(code))
    })
  })
}

function judge(stage: Stage, { output, code, isOverdue }: Ending): Omit<StageResult, 'durationMs'> {
  const counts =
    stage.kind === 'check' ? { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 } : parseCounts(output)
  const notRun = parseNotRun(output)
  if (counts === undefined && notRun !== undefined && code === 0) return { counts: { passed: 0, failed: 0 }, notRun }
  if (isOverdue) return fail(counts, `It was ended after its ceiling of ${Math.round(stage.ceilingMs / 1000)} seconds.`)
  if (counts === undefined) return fail(counts, 'It did not say what passed and what failed.')
  if (code !== 0 && counts.failed === 0)
    return fail(counts, `It ended with ${code ?? 'a signal'} though no test failed.`)
  if (counts.passed + counts.failed === 0) return fail(counts, 'It found no tests.')
  return { counts }
}

function fail(counts: Counts | undefined, problem: string): Omit<StageResult, 'durationMs'> {
  return { counts: { passed: counts?.passed ?? 0, failed: Math.max(1, counts?.failed ?? 0) }, problem }
}

/** Ends a child with everything it started. */
function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group has ended already.
  }
}
