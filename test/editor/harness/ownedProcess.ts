import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

/** A process started here, with everything it starts in turn. */
export interface OwnedProcess {
  readonly pid: number
  /** What it has written to stdout and stderr so far; at most the last 256 KiB. */
  readonly output: () => string
  /** Settles when the process itself is gone: its exit code, or `null` after a signal. */
  readonly exited: Promise<number | null>
  /** Ends the process and its descendants, politely first. Safe to call again. */
  end(): Promise<void>
  /** Ends them at once, as a crash or a power cut would. */
  kill(): Promise<void>
}

export interface ProcessInit {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** The whole environment; the present one when absent. */
  readonly env?: NodeJS.ProcessEnv
  /** Runs the command through the system's shell: needed for `.cmd` files on Windows. */
  readonly shell?: boolean
}

const maxOutputChars = 256 * 1024
const politeMs = 3_000
const running = new Set<number>()
let isGuarded = false

/** Starts a process in a group of its own, so that its descendants can be ended with it, whatever happens to us. */
export function startProcess(init: ProcessInit): OwnedProcess {
  guardExit()
  const isWindows = process.platform === 'win32'
  const child: ChildProcess = spawn(init.command, [...init.args], {
    ...(init.cwd === undefined ? {} : { cwd: init.cwd }),
    env: init.env ?? process.env,
    shell: init.shell ?? false,
    detached: !isWindows,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-maxOutputChars)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += `${error.message}\n`
      resolve(127)
    })
    child.once('exit', (code) => {
      resolve(code)
    })
  })
  const pid = child.pid ?? 0
  if (pid > 0) running.add(pid)

  const kill = async (): Promise<void> => {
    signalTree(pid, 'SIGKILL')
    await exited
    running.delete(pid)
  }
  return {
    pid,
    output: () => output,
    exited,
    kill,
    async end() {
      if (!running.has(pid)) return
      signalTree(pid, 'SIGTERM')
      await Promise.race([exited, delay(politeMs)])
      await kill()
    },
  }
}

/** Runs a command to its end. Throws, with what it said, when it fails. */
export async function runCommand(init: ProcessInit): Promise<string> {
  const owned = startProcess(init)
  const code = await owned.exited
  running.delete(owned.pid)
  if (code !== 0) throw new Error(`${init.command} ${init.args.join(' ')} ended with ${code}:\n${owned.output()}`)
  return owned.output()
}

function signalTree(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 0) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}

function guardExit(): void {
  if (isGuarded) return
  isGuarded = true
  process.once('exit', () => {
    for (const pid of running) signalTree(pid, 'SIGKILL')
  })
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      // Somebody who ends things in order listens as well, and then leaves the exit to them.
      if (process.listenerCount(signal) === 1) process.exit(code)
    })
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
