import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { build } from '../../esbuild.mjs'
import { text, untilReceived, untilState, World } from './world.ts'

/** `headless.mjs` as it is shipped, in a folder of its own: nothing beside it but its add-ons. */
async function bundle(t: TestContext): Promise<{ readonly script: string; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tincan-bundle-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  await build({ only: ['headless'], outdir: folder, isProduction: true })
  return { script: join(folder, 'headless.mjs'), folder }
}

test('the bundle needs nothing beside it and talks to another one', async (t) => {
  const world = await World.open(t)
  const { script } = await bundle(t)
  const [adaHome, bobHome] = [await world.home('Ada'), await world.home('Bob')]
  const [ada, bob] = await Promise.all([adaHome.setUp({ script }), bobHome.setUp({ script })])
  const conversation = await world.befriend(ada, bob)
  const { id } = await ada.request('message/send', { conversation, body: text('from a bundle') })
  await untilReceived(bob, conversation, 'from a bundle')
  await untilState(ada, conversation, id, 'delivered')
  assert.deepEqual(await ada.shutdown(), { code: 0, signal: null })
})

test('a bundle whose native part is missing says in a sentence that it cannot run here', async (t) => {
  const world = await World.open(t)
  const { script, folder } = await bundle(t)
  await rm(join(folder, 'sodium-native.node'))
  const peer = (await world.home('Ada')).spawn({ script })
  assert.deepEqual(await peer.exited, { code: 2, signal: null })
  assert.match(peer.stderr, /^Tincan cannot run here: a native part does not load on this system\.$/m)
})
