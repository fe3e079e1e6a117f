import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromHex } from '../../../src/core/codec/bytes.ts'
import { ConversationRecords } from '../../../src/core/conversation/conversationRecords.ts'
import { isRowSound } from '../../../src/core/service/salvage.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import { MemoryStore } from '../../doubles/memoryStore.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { flip } from '../chat/harm.ts'
import { accountOfPerson } from '../chat/insider.ts'
import { World } from '../chat/world.ts'

test('notices from before they named their rows are bound to them at the next start, and look as before', async () => {
  const world = new World()
  const { alice, bob, conversation } = await world.pair()
  const { person } = await bob.identity()
  await alice.request('safety/verify', { person, verified: true })
  const before = await alice.history(conversation)
  await alice.stop()
  const { dataKey } = await accountOfPerson(alice)
  const store = new MemoryStore(alice.disk)
  const vault = new Vault(dataKey, new SeededRandom(3))
  const [record] = new ConversationRecords(store, vault).load().conversations
  assert.ok(record?.notices === 2)
  const log = -record.number
  // As the first Tincan wrote them: version, kind, time and person.
  for (const [i, kind] of ['00', '02'].entries()) {
    const { clock, part } = store.getEvent(log, i + 1) ?? assert.fail()
    const plaintext = fromHex(`01${kind}05${person}`) ?? assert.fail()
    store.replaceEvent(log, i + 1, vault.sealRow(log, i + 1, clock, plaintext).slice(), part)
    const row = store.getEvent(log, i + 1) ?? assert.fail()
    assert.ok(isRowSound(vault, { ...row, id: flip(row.id, 1) }), 'an id that is not bound can be any')
  }
  await alice.start()
  const shown = (messages: typeof before): object[] => messages.map(({ id, body }) => ({ id, body }))
  assert.deepEqual(shown(await alice.history(conversation)), shown(before))
  for (const seq of [1, 2]) {
    const row = store.getEvent(log, seq) ?? assert.fail()
    assert.ok(isRowSound(vault, row))
    assert.ok(!isRowSound(vault, { ...row, id: flip(row.id, 1) }))
  }
})
