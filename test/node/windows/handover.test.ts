import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { takeProfileLock } from '../../../src/node/profileLock.ts'
import { openSqliteStore } from '../../../src/node/sqliteStore.ts'
import { eventRow } from '../../contract/storeContract.ts'
import { temporaryDirectory } from '../temporaryDirectory.ts'
import { startProcess } from './childProcess.ts'
import { createAcquainted, createProfile } from './profile.ts'
import { historyOf, playStoppedLeader } from './stoppedLeader.ts'

test('a message sent in any window appears once in all, and exactly one of them speaks of what is received', async (context) => {
  const profile = await createAcquainted(context)
  const { first, bob, conversation } = profile
  const windows = [first, profile.open(), profile.open()]
  await Promise.all(windows.slice(1).map((one) => one.follows()))
  for (const [index, sender] of windows.entries()) {
    await sender.ask('message/send', { conversation, body: { kind: 'text', text: `from ${index}` } })
    await Promise.all(windows.map((one) => one.says(`added from ${index}`)))
  }
  for (const [index, used] of windows.entries()) {
    used.tell('use focused')
    // Asked over the same socket, so that the answer comes after the report was taken in.
    await used.ask('identity/get', {})
    const text = `hear this, ${index}`
    await bob.request('message/send', { conversation, body: { kind: 'text', text } })
    const volumes = await Promise.all(windows.map((one) => one.says(`added ${text} `)))
    assert.deepEqual(
      volumes,
      windows.map((one) => (one === used ? 'aloud' : 'silently')),
    )
  }
  const texts = await historyOf(first, conversation)
  assert.equal(new Set(texts).size, texts.length, 'nothing twice')
  for (const window of windows) assert.deepEqual(await historyOf(window, conversation), texts)
})

test('nothing that is sent is lost or doubled while leader after leader is killed', async (context) => {
  const profile = await createAcquainted(context)
  const { first, conversation } = profile
  const writer = profile.open()
  await writer.follows()
  await writer.ask('draft/set', { conversation, text: 'not sent yet' })
  let leader = first
  let sent = 0
  for (let round = 0; round < 3; round++) {
    const next = profile.open()
    await next.follows()
    const answers = Array.from({ length: 20 }, () =>
      writer.ask('message/send', { conversation, body: { kind: 'text', text: `No. ${++sent}` } }),
    )
    if (round > 0) await answers[0]
    await leader.kill()
    const answered = await Promise.all(answers)
    assert.equal(new Set(answered.map(({ seq }) => seq)).size, answers.length)
    leader = await Promise.race([next.leads().then(() => next), writer.leads().then(() => writer)])
    if (leader === writer) break
  }
  const texts = (await historyOf(writer, conversation)).filter((text) => text.startsWith('No.'))
  assert.deepEqual(
    texts,
    Array.from({ length: sent }, (_, i) => `No. ${i + 1}`),
  )
  assert.deepEqual(await writer.ask('draft/get', { conversation }), { text: 'not sent yet' })
})

// Windows has no signal that stops a process.
const canStop = process.platform !== 'win32'
if (canStop) {
  test('a leader that hangs is replaced, and follows when it comes back, with what it was asked done once', (context) =>
    playStoppedLeader(context, 0))

  test('a leader that hangs is replaced by a window that has only just opened, too', async (context) => {
    const profile = await createProfile(context)
    const first = profile.open()
    await first.leads()
    first.signal('SIGSTOP')
    const second = profile.open()
    await second.leads()
    first.signal('SIGCONT')
    await first.follows()
    assert.equal((await first.ask('identity/get', {}))?.name, 'Alice')
  })

  test('a process that was stopped and replaced can write nothing when it goes on', async (context) => {
    const directory = temporaryDirectory()
    context.after(() => directory.dispose())
    const path = join(directory.path, 'store.db')
    const old = startProcess(`
      import { takeProfileLock } from '../../src/node/profileLock.ts'
      import { openSqliteStore } from '../../src/node/sqliteStore.ts'
      import { createFileIdentity } from '../../src/node/fileIdentity.ts'
      import { eventRow } from '../contract/storeContract.ts'
      import { mayWrite } from '../../src/node/fence.ts'
      const lock = takeProfileLock(${JSON.stringify(directory.path)})
      const store = openSqliteStore(${JSON.stringify(path)}, lock)
      const file = createFileIdentity(${JSON.stringify(join(directory.path, 'identity'))}, () => mayWrite(lock))
      let seq = 0
      const write = async (work) => {
        try { await work(); console.log('written') } catch (error) { console.log(error.code) }
      }
      process.stdin.on('data', async () => {
        await write(() => store.addEvents([eventRow(1, ++seq)]))
        await write(() => file.write(new Uint8Array(100).fill(seq)))
      })
      console.log('ready')
    `)
    context.after(() => old.kill())
    await old.says('ready')
    old.tell('write')
    await old.says('written')
    await old.says('written')
    old.signal('SIGSTOP')
    old.tell('write')
    const lock = takeProfileLock(directory.path, 1)
    assert.ok(lock !== undefined)
    const store = openSqliteStore(path, lock)
    store.addEvents([eventRow(2, 1)])
    old.signal('SIGCONT')
    await old.says('leader-changed')
    await old.says('leader-changed')
    assert.deepEqual([store.readLog(1, 1, 9, 9).length, store.readLog(2, 1, 9, 9).length], [1, 1])
    store.close()
    lock.dispose()
  })
}
