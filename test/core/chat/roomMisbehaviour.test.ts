/** What members of a room with a changed Tincan may try: it has no effect, is counted and told to developers, and nothing is lost. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memberRecordOf } from '../../../src/core/room/memberRecord.ts'
import type { EpochId } from '../../../src/core/room/operation.ts'
import { encodeStatement } from '../../../src/core/room/statementCodec.ts'
import { accountOfPerson } from './insider.ts'
import { sayOnDisk } from './roomDisk.ts'
import { RoomWorld } from './roomWorld.ts'

test('what a member says in a room without the right, or in no form that there is, has no effect, and all else goes on', async () => {
  const world = new RoomWorld()
  const { people, conversation } = await world.room('Alice', 'Bob', 'Carol')
  const [alice, bob, carol] = people
  const account = await accountOfPerson(bob)
  const [aliceId, bobId] = [(await alice.identity()).person, account.identity.person]
  const say = (operation: Parameters<typeof encodeStatement>[0]['operation']): Uint8Array =>
    encodeStatement({ after: [], operation })
  const record = memberRecordOf(account)
  const deviceList = record.deviceList.map((byte, i) => (i === record.deviceList.length - 1 ? byte ^ 1 : byte))
  const promotion = say({ kind: 'role', person: bobId, role: 'admin', cuts: [] })
  const unknownRole = promotion.map((byte, i) => (i === 1 + 1 + 1 + 32 ? 9 : byte))
  const boxes = [{ hint: '0'.repeat(16), sealed: new Uint8Array(80) }]
  await bob.stop()
  await carol.stop()
  await sayOnDisk(bob, [
    { bytes: promotion },
    { bytes: say({ kind: 'remove', person: aliceId, cuts: [] }) },
    { bytes: unknownRole },
    { bytes: say({ kind: 'rekey', epoch: '0'.repeat(32) as EpochId, earlier: [], boxes }), isClear: true },
    { bytes: say({ kind: 'profile', member: { ...record, deviceList }, cuts: [] }) },
    { bytes: say({ kind: 'title', title: 'Mine' }) },
  ])
  await bob.start()
  await world.clock.advance(30_000)
  await bob.send(conversation, 'still here')
  await alice.send(conversation, 'so am I')
  await carol.start()
  await world.clock.advance(60_000)

  for (const person of people) {
    assert.deepEqual(await person.texts(conversation), ['still here', 'so am I'])
    assert.equal((await person.conversation()).title, 'Team')
    const members = await person.request('room/members', { conversation })
    assert.deepEqual(
      members.map(({ name, role }) => `${name}: ${role}`),
      ['Alice: owner', 'Bob: member', 'Carol: member'],
    )
  }
  for (const { log } of [alice, carol]) {
    const told = log.text.split('\n').filter((line) => line.includes('has no effect'))
    const reasons = told.map((line) => /has no effect: ([a-z-]+)/.exec(line)?.[1]).sort()
    assert.deepEqual(reasons, [
      'foreign-signature',
      'malformed',
      'not-allowed',
      'not-allowed',
      'not-allowed',
      'sealed-to-nobody',
    ])
    assert.ok(told.some((line) => line.includes('(6 in all)')))
  }
})
