import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { expectRefusal } from './expectRefusal.ts'
import { onlyConversation, readAll, text, textsOf, untilOnline, untilState, World } from './world.ts'

test('a backup on a disk brings everything back on another machine, and deleting leaves nothing on this one', async (t) => {
  const world = await World.open(t)
  const [first, second, other] = [await world.home('Ada'), await world.home('Ada'), await world.home('Bob')]
  const ada = await first.setUp()
  const bob = await other.setUp()
  const { phrase } = await ada.request('identity/phrase')
  const conversation = await world.befriend(bob, ada)
  // Long enough that no sealed bytes come to it by chance.
  const secret = 'the kettle is in the cellar'
  for (const said of [secret, 'two']) {
    const { id } = await ada.request('message/send', { conversation, body: text(said) })
    await untilState(ada, conversation, id, 'delivered')
  }
  const path = join(first.data, '..', 'ada.tincan-backup')
  const { messages } = await ada.request('backup/create', { path })
  assert.ok(messages >= 2)
  assert.ok(!readFileSync(path).includes(secret))
  await expectRefusal(ada.request('backup/create', { path: join(first.data, 'no', 'such', 'folder') }), 'file-failed')
  await expectRefusal(ada.request('backup/create', { path: first.data }), 'file-failed')
  await expectRefusal(ada.request('backup/create', { path: 'relative' }), 'file-failed')
  const plain = join(first.data, '..', 'ada.json')
  await ada.request('conversation/export', { conversation, format: 'json', path: plain })
  assert.equal((JSON.parse(readFileSync(plain, 'utf8')) as { format: string }).format, 'tincan-conversation')

  await ada.request('identity/erase', { name: 'Ada' })
  assert.equal((await ada.request('identity/state')).kind, 'none')
  assert.ok(!existsSync(join(first.data, 'identity.bin')))
  assert.deepEqual(
    readdirSync(first.data).filter((name) => /store|identity/.test(name)),
    [],
  )
  await ada.kill()

  const again = await second.start()
  await expectRefusal(again.request('backup/restore', { path: plain, phrase }), 'backup-damaged')
  const { person } = await again.request('backup/restore', { path, phrase })
  assert.equal(person, ada.person)
  assert.equal((await onlyConversation(again)).id, conversation)
  assert.deepEqual(textsOf(await readAll(again, conversation)), textsOf(await readAll(bob, conversation)))
  await Promise.all([untilOnline(again, conversation), untilOnline(bob, conversation)])
  const { id } = await again.request('message/send', { conversation, body: text('back') })
  await untilState(again, conversation, id, 'delivered')
})
