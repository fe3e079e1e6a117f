import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Durability } from '../../../src/core/ports/store.ts'
import { Committer } from '../../../src/core/store/committer.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'

function setUp() {
  const [store, clock, log] = [new MemoryStore(), new FakeClock(), new RecordingLog()]
  const committer = new Committer(store, clock, log)
  const put = (n: number): void => {
    store.putRecord('setting', new Uint8Array([n]), new Uint8Array([n]))
  }
  const kept = (): number[] => store.listRecords('setting').map(({ sealed }) => sealed[0] as number)
  return { store, clock, log, committer, put, kept }
}

test('everything of one turn shares one transaction, in order, and nothing is answered before it is on disk', async () => {
  const { store, clock, committer, put, kept } = setUp()
  const order: string[] = []
  const answers = [3, 1, 2].map((n) =>
    committer
      .run(() => {
        order.push(`apply ${n}`)
        put(n)
        return n
      })
      .then((result) => order.push(`done ${result}`)),
  )
  assert.deepEqual(kept(), [])
  await clock.settle()
  await Promise.all(answers)
  assert.deepEqual(order, ['apply 3', 'apply 1', 'apply 2', 'done 3', 'done 1', 'done 2'])
  assert.equal(store.commits, 1)
  assert.deepEqual(kept(), [1, 2, 3])
})

test('the first after a quiet turn does not wait for its end, and what comes right after it shares one', async () => {
  const { store, clock, committer, put, kept } = setUp()
  const write = (...all: number[]): Promise<unknown> =>
    Promise.all(
      all.map((n) =>
        committer.run(() => {
          put(n)
        }),
      ),
    )
  await write(1, 2)
  assert.equal(store.commits, 1)
  const later = Promise.all([write(3), Promise.resolve().then(() => write(4, 5))])
  await Promise.resolve()
  assert.deepEqual(kept(), [1, 2])
  await clock.settle()
  await later
  assert.deepEqual([store.commits, kept()], [2, [1, 2, 3, 4, 5]])
  await write(6)
  assert.equal(store.commits, 3)
})

test('upkeep of the store has a turn of its own before the next transaction', async () => {
  const { store, clock, committer, put, kept } = setUp()
  const order: string[] = []
  const write = (n: number): Promise<void> =>
    committer.run(() => {
      order.push(`written ${n}`)
      put(n)
    })
  store.tidy = () => {
    if (order.includes('tidied')) return false
    order.push('tidied')
    clock.defer(() => order.push('others'))
    return true
  }
  await write(1)
  await Promise.all([write(2), clock.settle()])
  assert.deepEqual(order, ['written 1', 'tidied', 'others', 'written 2'])
  assert.deepEqual(kept(), [1, 2])
})

test('a failure rejects all of the transaction, restores, keeps nothing, and the next one works', async () => {
  const { store, clock, log, committer, put, kept } = setUp()
  const restored: number[] = []
  const add = (n: number, fail = false): Promise<unknown> =>
    committer.run(
      () => {
        put(n)
        if (fail) throw new Error('a bug')
      },
      () => restored.push(n),
    )
  const batch = Promise.allSettled([add(1), add(2, true), add(3)])
  await clock.settle()
  for (const answer of await batch)
    assert.equal(answer.status === 'rejected' && (answer.reason as { code: string }).code, 'internal')
  assert.deepEqual([kept(), restored], [[], [1, 2, 3]])
  assert.match(log.text, /A transaction failed.*a bug/)

  store.disk.commitsUntilFailure = 0
  const refused = add(4).catch((error: unknown) => (error as { code: string }).code)
  await clock.settle()
  assert.equal(await refused, 'store-failed')
  const later = add(5)
  await clock.settle()
  await later
  assert.deepEqual(kept(), [5])
})

test('one that fails to restore or to follow up is logged, answered, and does not keep the others from hearing', async () => {
  const { store, clock, log, committer } = setUp()
  const heard: string[] = []
  committer.add({
    apply: () => undefined,
    done: () => {
      throw new Error('listener')
    },
    failed: () => undefined,
  })
  const fine = committer.run(() => 'fine')
  await clock.settle()
  assert.equal(await fine, 'fine')
  store.disk.isFull = true
  const first = committer.run(
    () => {
      store.putRecord('setting', new Uint8Array(1), new Uint8Array(1))
    },
    () => {
      throw new Error('unreadable')
    },
  )
  first.catch(() => heard.push('first'))
  committer.run(() => undefined).catch(() => heard.push('second'))
  await clock.settle()
  assert.deepEqual(heard, ['first', 'second'])
  assert.match(log.text, /listener/)
  assert.match(log.text, /unreadable/)
})

test('what is asked for while a transaction is answered goes into the next', async () => {
  const { store, clock, committer } = setUp()
  const chain = committer.run(() => 1).then(() => committer.run(() => 2))
  await clock.settle()
  assert.equal(await chain, 2)
  assert.equal(store.commits, 2)
  committer.flush()
  assert.equal(store.commits, 2)
})

test('the disk is waited for unless nobody of the turn waits for it', async () => {
  const { store, clock, committer, put } = setUp()
  const asked: unknown[] = []
  const transaction = store.transaction.bind(store)
  store.transaction = (work, durability) => {
    asked.push(durability)
    return transaction(work, durability)
  }
  const run = (...durabilities: (Durability | undefined)[]): Promise<unknown> => {
    const runs = durabilities.map((durability, i) =>
      committer.run(
        () => {
          put(i)
        },
        undefined,
        durability,
      ),
    )
    return Promise.all([...runs, clock.settle()])
  }
  await run('written', 'written')
  assert.equal(store.disk.unflushed.length, 2)
  await run('written', 'flushed')
  await run('written', undefined)
  assert.deepEqual(asked, ['written', 'flushed', 'flushed'])
  assert.equal(store.disk.unflushed.length, 0)
})
