import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import type { EventRow, Store, StoreRemains } from '../../src/core/ports/store.ts'
import { createFileStores } from '../../src/node/fileStores.ts'
import { eventRow } from '../contract/storeContract.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { temporaryDirectory } from './temporaryDirectory.ts'

const rows = 2000
const records = 200
const at = Date.UTC(2030, 0, 15)
const label = '2030-01-15T00-00-00-000Z'

function withPlace(work: (path: string, directory: string) => void) {
  return (): void => {
    const directory = temporaryDirectory()
    try {
      work(join(directory.path, 'store.db'), directory.path)
    } finally {
      directory.dispose()
    }
  }
}

const idOf = (number: number): Uint8Array => new Uint8Array(16).map((_, i) => (number * 37 + i * 101) % 256)

/** A store of many rows and records, closed. */
function fill(path: string): void {
  const store = createFileStores(path).open()
  store.transaction(() => {
    store.addEvents(
      Array.from({ length: rows }, (_, i) => ({ ...eventRow(1, i + 1), sealed: new Uint8Array(300).fill(i) })),
    )
    for (let i = 0; i < records; i++) store.putRecord('contact', idOf(i), new Uint8Array(100).fill(i))
  })
  store.close()
}

interface Saved {
  readonly events: readonly EventRow[]
  readonly contacts: number
}

/** Rebuilds the store and says what could be read of the old one. */
function rebuild(path: string): Saved {
  const events: EventRow[] = []
  let contacts = 0
  createFileStores(path).rebuild(at, (store: Store, remains: StoreRemains) => {
    for (const { kind, id, sealed } of remains.readRecords()) {
      contacts++
      store.putRecord(kind, id, sealed)
    }
    for (const row of remains.readEvents()) events.push(row)
    store.addEvents(events)
  })
  return { events, contacts }
}

it(
  'reads everything of a store that is whole, keeps it as it was, and puts the new one in its place',
  withPlace((path, directory) => {
    fill(path)
    const before = readFileSync(path)
    const { events, contacts } = rebuild(path)
    assert.deepEqual([events.length, contacts], [rows, records])
    assert.deepEqual(readdirSync(directory), ['store.db', `store.db.damaged-${label}`])
    assert.ok(readFileSync(join(directory, `store.db.damaged-${label}`)).equals(before))
    const store = createFileStores(path).open()
    assert.equal(store.readLog(1, 1, rows, rows).length, rows)
    assert.equal(store.listRecords('contact').length, records)
    store.close()
  }),
)

for (const [what, harm, atLeast] of [
  ['whose header is gone', (file: Buffer) => file.fill(0xee, 0, 100), 1],
  ['whose schema is gone', (file: Buffer) => file.fill(0xee, 100, 8192), 1],
  ['that lost its second half', (file: Buffer) => file.subarray(0, Math.floor(file.length / 16384) * 8192 + 100), 0.3],
  ['with a page of zeros in its middle', (file: Buffer) => file.fill(0, 40 * 8192, 41 * 8192), 0.95],
] as const)
  it(
    `reads what is left of a store ${what}`,
    withPlace((path) => {
      fill(path)
      writeFileSync(path, harm(readFileSync(path)))
      const { events } = rebuild(path)
      assert.ok(events.length >= atLeast * rows, `${String(events.length)} of ${String(rows)}`)
    }),
  )

it(
  'loses a few rows at most to one bad byte, wherever it is',
  withPlace((path, directory) => {
    fill(path)
    const whole = readFileSync(path)
    const random = new SeededRandom(7)
    const aside = join(directory, `store.db.damaged-${label}`)
    let kept = 0
    const rounds = 8
    for (let round = 0; round < rounds; round++) {
      const harmed = Buffer.from(whole)
      const offset = round < 4 ? round * 25 : random.below(whole.length)
      harmed[offset] = (harmed[offset] as number) ^ 0xff
      writeFileSync(path, harmed)
      const { events, contacts } = rebuild(path)
      kept += events.length / rows + contacts / records
      renameSync(aside, `${aside}-${String(round)}`)
    }
    assert.ok(kept / (2 * rounds) > 0.9, String(kept / (2 * rounds)))
  }),
)

for (const [what, content] of [
  ['an empty file', Buffer.alloc(0)],
  ['garbage', Buffer.from('garbage '.repeat(4000))],
] as const)
  it(
    `finds nothing in ${what}, and keeps it all the same`,
    withPlace((path, directory) => {
      writeFileSync(path, content)
      assert.deepEqual(rebuild(path), { events: [], contacts: 0 })
      assert.ok(readFileSync(join(directory, `store.db.damaged-${label}`)).equals(content))
      createFileStores(path).open().close()
    }),
  )

it(
  'goes on where a process died that was rebuilding: nothing is lost between the two places',
  withPlace((path, directory) => {
    fill(path)
    writeFileSync(`${path}-wal`, 'its log')
    const dying = new Error('The process died')
    // In the middle of filling the new one: the old one is as it was.
    assert.throws(
      () =>
        createFileStores(path).rebuild(at, () => {
          throw dying
        }),
      dying,
    )
    createFileStores(path).open().close()
    assert.deepEqual(readdirSync(directory), ['store.db'])

    // The new one is whole and the old one half moved: its file is away, its log still there.
    fill(join(directory, `store.db.rebuilt-${label}`))
    renameSync(path, join(directory, `store.db.damaged-${label}`))
    writeFileSync(`${path}-wal`, 'its log')
    const store = createFileStores(path).open()
    assert.equal(store.readLog(1, 1, rows, rows).length, rows)
    store.close()
    assert.equal(readFileSync(join(directory, `store.db.damaged-${label}-wal`), 'utf8'), 'its log')
    assert.ok(!existsSync(join(directory, `store.db.rebuilt-${label}`)))
  }),
)

it(
  'knows a file that was put in the place of the one that it opened',
  withPlace((path) => {
    const stores = createFileStores(path)
    const store = stores.open()
    assert.equal(stores.isReplaced(), false)
    renameSync(path, `${path}-away`)
    assert.equal(stores.isReplaced(), false)
    writeFileSync(path, 'another')
    assert.equal(stores.isReplaced(), true)
    store.close()
  }),
)

it(
  'deletes the store with everything that was ever set aside of it, and nothing else',
  withPlace((path, directory) => {
    fill(path)
    const stores = createFileStores(path)
    stores.rebuild(at, () => undefined)
    writeFileSync(join(directory, 'other'), '')
    assert.ok(readdirSync(directory).length > 2)
    stores.erase()
    assert.deepEqual(readdirSync(directory), ['other'])
    stores.erase()
  }),
)
