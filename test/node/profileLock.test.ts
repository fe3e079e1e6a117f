import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { it } from 'node:test'
import { leaderSocketPath } from '../../src/node/leaderSocket.ts'
import { acquireProfileLock, type WaitingLock, waitForProfileLock } from '../../src/node/profileLock.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

function withDirectory(work: (path: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const directory = temporaryDirectory()
    try {
      await work(directory.path)
    } finally {
      directory.dispose()
    }
  }
}

interface Contender {
  readonly process: ChildProcess
  /** Resolves at the first line that says so. */
  readonly waits: Promise<void>
  readonly leads: Promise<void>
  readonly ended: Promise<void>
}

/** Another process that wants the directory and, once it leads, stays. */
function contend(directory: string): Contender {
  const url = JSON.stringify(new URL('../../src/node/profileLock.ts', import.meta.url).href)
  const script = `
    import { waitForProfileLock } from ${url}
    await waitForProfileLock(${JSON.stringify(directory)}, new AbortController().signal, () => console.log('waits'))
    console.log('leads')
    setInterval(() => undefined, 60_000)
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said = (text: string): Promise<void> =>
    new Promise((resolve) => {
      lines.on('line', (line) => {
        if (line === text) resolve()
      })
    })
  const lines = createInterface(child.stdout)
  return {
    process: child,
    waits: said('waits'),
    leads: said('leads'),
    ended: new Promise((resolve) => child.once('exit', () => resolve())),
  }
}

async function kill({ process, ended }: Contender): Promise<void> {
  process.kill('SIGKILL')
  await ended
}

it(
  'gives a directory to one, and lets it go on dispose',
  withDirectory(async (path) => {
    const first = await acquireProfileLock(path)
    assert.equal(first.kind, 'leader')
    const second = await acquireProfileLock(path)
    assert.equal(second.kind, 'waiting')
    first.dispose()
    first.dispose()
    await second.onceFree
    second.dispose()
    const third = await acquireProfileLock(path)
    assert.equal(third.kind, 'leader')
    third.dispose()
  }),
)

it(
  'takes over from a process that is killed, in far less than three seconds',
  withDirectory(async (path) => {
    const other = contend(path)
    await other.leads
    const killedAt: number[] = []
    const lock = await waitForProfileLock(path, new AbortController().signal, () => {
      killedAt.push(performance.now())
      other.process.kill('SIGKILL')
    })
    assert.ok(performance.now() - (killedAt[0] ?? -Infinity) < 3000)
    lock.dispose()
    await other.ended
  }),
)

it(
  'lets exactly one of several that wait take over, death after death, until each has had its turn',
  withDirectory(async (path) => {
    const first = contend(path)
    await first.leads
    let rest = [contend(path), contend(path), contend(path)]
    await Promise.all(rest.map(({ waits }) => waits))
    let leader = first
    while (rest.length > 0) {
      await kill(leader)
      const winner = await Promise.race(rest.map(async (contender) => contender.leads.then(() => contender)))
      const lock = await acquireProfileLock(path)
      assert.equal(lock.kind, 'waiting')
      lock.dispose()
      rest = rest.filter((contender) => contender !== winner)
      leader = winner
    }
    await kill(leader)
    const own = await acquireProfileLock(path)
    assert.equal(own.kind, 'leader')
    own.dispose()
  }),
)

it(
  'is not kept out by what a killed leader left behind, nor by garbage in its place',
  withDirectory(async (path) => {
    const other = contend(path)
    await other.leads
    await kill(other)
    if (process.platform !== 'win32') assert.ok(readdirSync(path).includes('leader.sock'))
    const second = await acquireProfileLock(path)
    assert.equal(second.kind, 'leader')
    second.dispose()
    writeFileSync(join(path, 'lock'), 'garbage '.repeat(1000))
    const third = await acquireProfileLock(path)
    assert.equal(third.kind, 'leader')
    third.dispose()
  }),
)

it(
  'can be waited for where the path of the directory is too long for a socket',
  withDirectory(async (path) => {
    const deep = join(path, 'd'.repeat(120))
    mkdirSync(deep)
    const socketPath = leaderSocketPath(deep) as string
    assert.ok(Buffer.byteLength(socketPath) <= 100)
    const first = await acquireProfileLock(deep)
    const second = await acquireProfileLock(deep)
    first.dispose()
    await (second as WaitingLock).onceFree
    second.dispose()
    if (process.platform !== 'win32') rmSync(dirname(socketPath), { recursive: true })
  }),
)

it(
  'leads also without a socket, and those who wait notice its end all the same',
  withDirectory(async (path) => {
    mkdirSync(join(path, 'leader.sock'))
    const first = await acquireProfileLock(path)
    assert.equal(first.kind, 'leader')
    const second = await acquireProfileLock(path)
    assert.equal(second.kind, 'waiting')
    first.dispose()
    await second.onceFree
    second.dispose()
  }),
)

it(
  'is waited for in vain by nobody whose watch is disposed',
  withDirectory(async (path) => {
    const first = await acquireProfileLock(path)
    const [second, third] = await Promise.all([acquireProfileLock(path), acquireProfileLock(path)])
    let isTold = false
    void (second as WaitingLock).onceFree.then(() => {
      isTold = true
    })
    second.dispose()
    first.dispose()
    await (third as WaitingLock).onceFree
    third.dispose()
    assert.equal(isTold, false)
  }),
)

it(
  'stops waiting when it is told to',
  withDirectory(async (path) => {
    const first = await acquireProfileLock(path)
    const abort = new AbortController()
    let told = 0
    const waiting = waitForProfileLock(path, abort.signal, () => {
      told++
      abort.abort()
    })
    await assert.rejects(waiting, { code: 'disposed' })
    assert.equal(told, 1)
    await assert.rejects(waitForProfileLock(path, abort.signal), { code: 'disposed' })
    first.dispose()
    const next = await acquireProfileLock(path)
    assert.equal(next.kind, 'leader')
    next.dispose()
  }),
)

it(
  'fails plainly where the directory is not there',
  withDirectory(async (path) => {
    await assert.rejects(acquireProfileLock(join(path, 'nowhere')), { code: 'store-failed' })
  }),
)
