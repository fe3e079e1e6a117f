import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** Generous, because test machines are slow and busy; waiting ends at the line, not at the deadline. */
const deadlineMs = 60_000

/** A process of its own that runs a piece of a test. */
export interface ChildProcess {
  /** Resolves when it has printed a line that begins so, from now on or before; with the rest of that line. Each line is given out once. */
  says(start: string, withinMs?: number): Promise<string>
  /** Gives it a line on stdin. */
  tell(line: string): void
  signal(signal: NodeJS.Signals): void
  /** SIGKILL, and it is gone. */
  kill(): Promise<void>
}

/** Runs a script whose relative imports are those of this folder's parent. */
export function startProcess(script: string, environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const parent = new URL('..', import.meta.url)
  const resolved = script.replace(/from '(\.[^']+)'/g, (_, path: string) => `from '${new URL(path, parent).href}'`)
  return runProcess(['--input-type=module', '--eval', resolved], environment)
}

/** Runs Node with these arguments, with a piped stdin and stdout. */
export function runProcess(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.on('error', () => undefined)
  const lines: string[] = []
  const wakes = new Set<() => void>()
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    for (const wake of [...wakes]) wake()
  })
  let hasEnded = false
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      hasEnded = true
      for (const wake of [...wakes]) wake()
      resolve()
    })
  })
  return {
    says: (start, withinMs = deadlineMs) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer)
          wakes.delete(look)
        }
        const fail = (why: string): void => {
          end()
          reject(new Error(`${why} before “${start}”: ${lines.join(' | ')} ${stderr.slice(-3000)}`))
        }
        const look = (): void => {
          const at = lines.findIndex((line) => line.startsWith(start))
          const [line] = at < 0 ? [] : lines.splice(at, 1)
          if (line !== undefined) {
            end()
            resolve(line.slice(start.length))
          } else if (hasEnded) fail('The process ended')
        }
        const timer = setTimeout(() => fail('Too long'), withinMs).unref()
        wakes.add(look)
        look()
      }),
    tell: (line) => void child.stdin.write(`${line}\n`),
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
