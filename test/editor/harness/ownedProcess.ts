import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A process started here, with everything it starts in turn. None outlives this process, not even one that is killed. */
export interface OwnedProcess {
  /** What it has written to stdout and stderr so far; at most the last 256 KiB. */
  readonly output: () => string
  /** Settles when it is gone: its exit code, 127 when it could not be started, `null` after a signal. */
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

const leash = fileURLToPath(new URL('leash.ts', import.meta.url))
const maxOutputChars = 256 * 1024
const politeMs = 5_000

/** Starts a command on a leash, in a process group of its own. */
export function startProcess(init: ProcessInit): OwnedProcess {
  const { command, args, cwd, env, shell = false } = init
  const child = spawn(process.execPath, [leash, JSON.stringify({ command, args, shell })], {
    ...(cwd === undefined ? {} : { cwd }),
    env: env ?? process.env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    // Nothing is ever written to its input: it closes when this process ends.
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (text: string): void => {
    output = (output + text).slice(-maxOutputChars)
  }
  child.stdout.setEncoding('utf8').on('data', keep)
  child.stderr.setEncoding('utf8').on('data', keep)
  child.stdin.on('error', () => undefined)
  const exited = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      keep(`${error.message}\n`)
      resolve(127)
    })
    child.once('exit', (code) => {
      resolve(code)
    })
  })
  const kill = async (): Promise<void> => {
    signalTree(child.pid, 'SIGKILL')
    await exited
  }
  let isEnding = false
  return {
    output: () => output,
    exited,
    kill,
    async end() {
      if (isEnding) return
      isEnding = true
      signalTree(child.pid, 'SIGTERM')
      let timer: NodeJS.Timeout | undefined
      await Promise.race([exited, new Promise((resolve) => (timer = setTimeout(resolve, politeMs)))])
      clearTimeout(timer)
      await kill()
    },
  }
}

/** Runs a command to its end. Throws, with what it said, when it fails. */
export async function runCommand(init: ProcessInit): Promise<string> {
  const owned = startProcess(init)
  const code = await owned.exited
  if (code !== 0) throw new Error(`${init.command} ${init.args.join(' ')} ended with ${code}:\n${owned.output()}`)
  return owned.output()
}

function signalTree(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
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
