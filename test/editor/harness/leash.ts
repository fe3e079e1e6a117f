/**
 * Runs a command and ends it, with everything it started, as soon as whoever started this is gone, however that came
 * about: the standard input closes then. Its one argument is the command as JSON.
 */
import { spawn, spawnSync } from 'node:child_process'

const { command, args, shell } = JSON.parse(process.argv[2] ?? '') as {
  readonly command: string
  readonly args: readonly string[]
  readonly shell: boolean
}
const child = spawn(command, [...args], { shell, stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true })
child.once('error', (error) => {
  console.error(error.message)
  process.exit(127)
})
child.once('exit', (code) => process.exit(code ?? 1))

// A polite end is the command's to answer; this process leads its group, and leaves after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.stdin.resume()
process.stdin.once('close', () => {
  if (process.platform === 'win32')
    spawnSync('taskkill', ['/PID', String(process.pid), '/T', '/F'], { stdio: 'ignore' })
  else process.kill(-process.pid, 'SIGKILL')
})
