/** What was removed is nowhere in the files any more: not in free pages, and not in the log behind the database. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import type { Store } from '../../src/core/ports/store.ts'
import { openSqliteStore } from '../../src/node/sqliteStore.ts'
import { eventRow } from '../contract/storeContract.ts'
import { World } from '../core/chat/world.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { FilePerson } from './profiles/filePerson.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

/** From a few bytes in a page that others share to several pages of its own. */
const sizes = [100, 900, 5_000, 30_000]
const pieceBytes = 24

function folderOf(t: TestContext): string {
  const { path, dispose } = temporaryDirectory()
  t.after(dispose)
  return path
}

const allBytes = (folder: string): Buffer =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))))

/** How many pieces of what was planted stand anywhere in the files of a folder. */
function piecesLeft(folder: string, planted: readonly Uint8Array[]): number {
  const files = allBytes(folder)
  let left = 0
  for (const bytes of planted)
    for (let from = 0; from + pieceBytes <= bytes.length; from += pieceBytes)
      if (files.includes(Buffer.from(bytes.subarray(from, from + pieceBytes)))) left++
  return left
}

/** Plants rows and records of every size among others that stay, in a store that is left open. */
function plant(path: string): { store: Store; planted: readonly Uint8Array[] } {
  const random = new SeededRandom(12)
  const store = openSqliteStore(path)
  const planted: Uint8Array[] = []
  for (const [i, size] of sizes.entries()) {
    const [row, key] = [random.bytes(size), random.bytes(size)]
    planted.push(row, key)
    store.addEvents([
      { ...eventRow(1, 2 * i + 1), sealed: random.bytes(300) },
      { ...eventRow(1, 2 * i + 2), sealed: row },
    ])
    store.putRecord('contact', random.bytes(16), random.bytes(200))
    store.putRecord('room-key', new Uint8Array([i]), key)
  }
  return { store, planted }
}

function remove(store: Store): void {
  sizes.forEach((_, i) => {
    store.replaceEvent(1, 2 * i + 2, new Uint8Array(90).fill(i), 'line')
    if (i % 2 === 0) store.deleteRecord('room-key', new Uint8Array([i]))
    else store.putRecord('room-key', new Uint8Array([i]), new Uint8Array(60).fill(i))
  })
}

test('the bytes of what was removed stand nowhere in the files once its transaction is committed, while the store is open and after', (t) => {
  const folder = folderOf(t)
  const { store, planted } = plant(join(folder, 'store.db'))
  assert.ok(piecesLeft(folder, planted) > 1_000)
  store.transaction(() => {
    remove(store)
    store.scrub()
  })
  assert.equal(piecesLeft(folder, planted), 0)
  store.close()
  assert.equal(piecesLeft(folder, planted), 0)
})

test('what nobody asked to scrub is found in the files, so that the search proves something', (t) => {
  const folder = folderOf(t)
  const { store, planted } = plant(join(folder, 'store.db'))
  store.transaction(() => {
    remove(store)
  })
  assert.ok(piecesLeft(folder, planted) > 1_000)
  store.close()
})

test('where somebody still reads, what was removed goes with the next transaction, and nothing that was committed is lost', (t) => {
  const folder = folderOf(t)
  const path = join(folder, 'store.db')
  const { store, planted } = plant(path)
  const reader = new DatabaseSync(path)
  reader.exec('BEGIN; SELECT count(*) FROM event')
  reader.prepare('SELECT count(*) FROM event').get()
  store.transaction(() => {
    remove(store)
    store.scrub()
  })
  reader.exec('ROLLBACK')
  reader.close()
  store.putRecord('draft', new Uint8Array([1]), new Uint8Array(20))
  assert.equal(piecesLeft(folder, planted), 0)
  assert.equal(store.readLog(1, 1, 99, 99).length, 2 * sizes.length)
  store.close()
})

test('a message that was deleted for everybody leaves its sealed bytes on neither disk', (t) =>
  leavesNothing(t, 'deleted'))

test('a message that disappeared after its time leaves its sealed bytes on neither disk', (t) =>
  leavesNothing(t, 'over'))

type End = 'deleted' | 'over'

async function leavesNothing(t: TestContext, how: End): Promise<void> {
  const world = new World()
  const folders = [folderOf(t), folderOf(t)]
  const people = folders.map((folder, i) => new FilePerson(world, folder, undefined, 100 + i))
  const [alice, bob] = people as [FilePerson, FilePerson]
  for (const [i, one] of people.entries()) {
    await one.start()
    await one.request('identity/create', { name: `Person ${String(i)}` })
  }
  const { link } = await alice.request('invite/create', { kind: 'contact', autoAccept: true })
  const { conversation } = await bob.request('invite/accept', { link })
  assert.ok(conversation !== undefined)
  const say = async (text: string) => alice.request('message/send', { conversation, body: { kind: 'text', text } })
  await say('before it')
  const keepFor = async (lifetimeMs: number) =>
    how === 'over' && alice.request('conversation/lifetime', { conversation, lifetimeMs })
  await keepFor(60_000)
  const { id: message } = await say('to be forgotten '.repeat(400))
  await keepFor(0)
  await say('after it')
  await world.clock.advance(5_000)
  // Of all rows only this one is so long.
  const planted = people.map(({ store }) => {
    const database = new DatabaseSync(store, { readOnly: true })
    const row = database.prepare('SELECT sealed FROM event ORDER BY length(sealed) DESC LIMIT 1').get()
    database.close()
    const sealed = row?.['sealed']
    assert.ok(sealed instanceof Uint8Array && sealed.length > 6_000)
    return sealed
  })
  folders.forEach((folder, i) => assert.ok(piecesLeft(folder, [planted[i] as Uint8Array]) > 200))
  if (how === 'deleted') await alice.request('message/erase', { conversation, message })
  else await bob.request('conversation/read', { conversation, upTo: message })
  await world.clock.advance(65_000)
  folders.forEach((folder, i) => assert.equal(piecesLeft(folder, [planted[i] as Uint8Array]), 0))
  for (const one of people) {
    assert.deepEqual(
      (await one.history(conversation)).flatMap(({ body }) => (body.kind === 'text' ? [body.text] : [])),
      ['before it', 'after it'],
    )
    await one.stop()
  }
}
