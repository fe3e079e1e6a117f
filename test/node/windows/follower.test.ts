/** A further window costs next to nothing: no key, no DHT, no core, and little memory. */
import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { decodeIdentityFile, unwrapDataKey } from '../../../src/core/identity/identityFile.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { type ChildProcess, runProcess } from './childProcess.ts'
import type { WindowAccount } from './lightProcess.ts'
import { makeIdentity } from './profile.ts'
import { goodKey } from './window.ts'

const script = fileURLToPath(new URL('lightProcess.ts', import.meta.url))
const maxFollowerBytes = 8 * 1024 * 1024

interface Windows {
  readonly directory: string
  readonly leader: ChildProcess & { readonly pid: number }
  readonly follower: ChildProcess & { readonly pid: number }
}

/** A leader and a follower of Alice's, both in use. */
async function openTwo(t: TestContext): Promise<Windows> {
  const temporary = temporaryDirectory()
  const directory = join(temporary.path, 'tincan')
  const opened: ChildProcess[] = []
  t.after(async () => {
    await Promise.all(opened.map((one) => one.kill()))
    temporary.dispose()
  })
  await makeIdentity(directory)
  const open = async (kind: 'leader' | 'follower') => {
    const child = runProcess(['--expose-gc', script, directory, goodKey])
    opened.push(child)
    const pid = Number(await child.says(kind))
    child.tell('name')
    assert.equal((await child.says('name')).trim(), 'Alice')
    return { ...child, pid }
  }
  return { directory, leader: await open('leader'), follower: await open('follower') }
}

async function accountOf(child: ChildProcess): Promise<WindowAccount> {
  child.tell('account')
  return JSON.parse(await child.says('account')) as WindowAccount
}

/** What of the core a follower needs: to open the identity's wrapping once, and to prove that it is this person's. */
const allowedOfCore = /\/src\/core\/(?:codec|crypto|identity|contact\/name)\b/

test('a follower loads neither the network nor the chat, of the core only what proves that it belongs, and holds little beside a leader', async (t) => {
  const { leader, follower } = await openTwo(t)
  const [leading, following] = [await accountOf(leader), await accountOf(follower)]
  const heavy =
    /node_modules\/(?:hyperdht|dht-rpc|udx-native|@hyperswarm|blind-relay|protomux)\/|\/src\/core\/(?:chat|service|sync|conversation|rooms?|link|store)\b/
  assert.ok(
    leading.modules.some((url) => heavy.test(url)),
    'a leader is seen to load what a follower must not',
  )
  assert.deepEqual(
    following.modules.filter((url) => heavy.test(url)),
    [],
  )
  assert.deepEqual(
    following.modules.filter((url) => url.includes('/src/core/') && !allowedOfCore.test(url)),
    [],
  )
  assert.ok(leading.addons.some((file) => file.includes('udx-native')))
  assert.ok(!following.addons.some((file) => file.includes('udx-native')))
  const [much, little] = [leading.grownBytes, following.grownBytes]
  t.diagnostic(`${(much / 1e6).toFixed(1)} MB more in the leader, ${(little / 1e6).toFixed(1)} MB in the follower`)
  assert.ok(little < maxFollowerBytes && little < 0.75 * much, `${String(little)} bytes, ${String(much)} in the leader`)
})

/** How often bytes stand in the writable memory of a process of this user. */
function occurrences(pid: number, wanted: Uint8Array): number {
  const memory = openSync(`/proc/${String(pid)}/mem`, 'r')
  let found = 0
  try {
    for (const line of readFileSync(`/proc/${String(pid)}/maps`, 'latin1').split('\n')) {
      const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
      if (from === undefined || to === undefined) continue
      const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)]
      const bytes = Buffer.alloc(Math.min(end - start, 1 << 28))
      let length = 0
      try {
        length = readSync(memory, bytes, 0, bytes.length, start)
      } catch {
        // Some of what a process maps cannot be read.
        continue
      }
      for (let at = bytes.indexOf(wanted); at !== -1 && at < length; at = bytes.indexOf(wanted, at + 1)) found++
    }
  } finally {
    closeSync(memory)
  }
  return found
}

// Only Linux shows a process's memory as a file.
if (process.platform === 'linux')
  test('a follower holds no data key anywhere in its memory', async (t) => {
    const { directory, leader, follower } = await openTwo(t)
    const file = decodeIdentityFile(readFileSync(join(directory, 'identity'))) ?? assert.fail()
    const dataKey = unwrapDataKey(Buffer.from(goodKey, 'hex'), file.wrappedBySecret) ?? assert.fail()
    assert.ok(occurrences(leader.pid, dataKey) > 0, 'it is found where it is')
    assert.equal(occurrences(follower.pid, dataKey), 0)
  })
