import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readlinkSync } from 'node:fs'

/**
 * A network of its own: interfaces, routes and firewall, seen by what runs inside alone (network_namespaces(7)). It
 * exists for as long as the process that holds it, which ends with this one, however this one ends.
 */
export class Namespace {
  readonly pid: number
  readonly #holder: ChildProcess

  constructor(holder: ChildProcess, pid: number) {
    this.#holder = holder
    this.pid = pid
  }

  static async open(): Promise<Namespace> {
    // It reads from a pipe that nobody writes to, and so ends when this process does.
    const holder = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'ignore', 'inherit'] })
    await once(holder, 'spawn')
    const { pid } = holder
    if (pid === undefined) throw new Error('The holder of a namespace has no process id')
    const namespace = new Namespace(holder, pid)
    const own = readlinkSync('/proc/self/ns/net')
    while (readlinkSync(`/proc/${pid}/ns/net`) === own) {
      if (holder.exitCode !== null) throw new Error('A network namespace could not be made')
      await new Promise((resolve) => setImmediate(resolve))
    }
    await namespace.ip('link set lo up')
    return namespace
  }

  /** What to put before a command so that it runs inside. */
  get prefix(): readonly string[] {
    return ['nsenter', '--target', String(this.pid), '--net', '--']
  }

  /** Runs a command inside and returns what it said. Rejects with its complaint when it fails. */
  run(command: string, args: readonly string[], input = ''): Promise<string> {
    const [program, ...rest] = [...this.prefix, command, ...args]
    return new Promise((resolve, reject) => {
      const child = execFile(program as string, rest, (error, stdout, stderr) => {
        if (error === null) resolve(stdout)
        else reject(new Error(`${command} ${args.join(' ')}: ${stderr.trim()}`))
      })
      // A command that reads nothing may be gone already.
      child.stdin?.on('error', () => undefined).end(input)
    })
  }

  /** Runs `ip` with these words, one command a line. */
  async ip(lines: string): Promise<void> {
    for (const line of lines.split('\n').map((text) => text.trim())) {
      if (line !== '') await this.run('ip', line.split(/\s+/))
    }
  }

  /** Loads nftables rules. */
  async nft(rules: string): Promise<void> {
    await this.run('nft', ['--file', '-'], rules)
  }

  async sysctl(name: string, value: number | string): Promise<void> {
    await this.run('sysctl', ['--quiet', '--write', `${name}=${value}`])
  }

  /** Ends the holder; the network goes with the last process in it. */
  async dispose(): Promise<void> {
    if (this.#holder.exitCode !== null || this.#holder.signalCode !== null) return
    const ended = once(this.#holder, 'exit')
    this.#holder.kill('SIGKILL')
    await ended
  }
}
