import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PersonId } from '../../../src/shared/ids.ts'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { Acquaintances } from '../../../src/core/contact/acquaintances.ts'
import { Contacts } from '../../../src/core/contact/contacts.ts'
import { ConversationRecords } from '../../../src/core/conversation/conversationRecords.ts'
import { Conversations } from '../../../src/core/conversation/conversations.ts'
import { accountOf } from '../../../src/core/identity/account.ts'
import type { Introduction } from '../../../src/core/invite/introduction.ts'
import { Committer } from '../../../src/core/store/committer.ts'
import { Vault } from '../../../src/core/store/vault.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryDisk, MemoryStore } from '../../doubles/memoryStore.ts'
import { RecordingLog } from '../../doubles/recordingLog.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { samplePeer } from '../link/samplePeers.ts'

const own = samplePeer(10)
const bob = samplePeer(20)
const account = accountOf(
  {
    name: 'Ann',
    rootSeed: own.root.secretKey.slice(0, 32),
    deviceSeed: own.device.secretKey.slice(0, 32),
    addressSecret: new Uint8Array(32),
    deviceList: own.deviceList,
    generation: 0,
    formerDevices: [],
  },
  new Uint8Array(32).fill(1),
)
const introduction: Introduction = {
  person: bob.root.publicKey,
  personId: toHex(bob.root.publicKey) as PersonId,
  name: 'Bob',
  deviceList: bob.deviceList,
  device: bob.device.publicKey,
  addressSecret: new Uint8Array(32).fill(2),
  now: 5,
}

/** What runs on a disk. */
function open(disk: MemoryDisk) {
  const [store, clock, random] = [new MemoryStore(disk), new FakeClock(), new SeededRandom(1)]
  const vault = new Vault(account.dataKey, random)
  const committer = new Committer(store, clock, new RecordingLog())
  const records = new ConversationRecords(store, vault)
  const deviceSecretKey = account.device.secretKey
  const contacts = new Contacts(store, vault, committer)
  const context = { store, vault, committer, records, clock, random, deviceSecretKey }
  const conversations = new Conversations(context, account, records.load())
  const acquaintances = new Acquaintances(contacts, conversations, committer, clock)
  const accept = () =>
    acquaintances.accept(
      introduction,
      () => conversations.secretsFor(introduction.personId),
      () => undefined,
    )
  return { clock, contacts, conversations, accept }
}

test('two invites that end with one person in the same turn make one conversation, in memory and on disk', async () => {
  const disk = new MemoryDisk()
  const { clock, conversations, accept } = open(disk)
  const both = Promise.all([accept(), accept()])
  await clock.settle()
  const [first, second] = await both
  assert.equal(first, second)
  const [kept, another] = open(disk).conversations.all
  assert.equal(another, undefined)
  assert.deepEqual(kept?.record, first.record)
  assert.deepEqual(conversations.secretsFor(introduction.personId).syncSecret, kept.record.syncSecret)
})

test('a disk that refuses leaves neither a contact nor a conversation, and the next try works', async () => {
  const disk = new MemoryDisk()
  const { clock, contacts, conversations, accept } = open(disk)
  disk.isFull = true
  const refused = accept().catch((error: unknown) => (error as { code: string }).code)
  await clock.settle()
  assert.equal(await refused, 'store-failed')
  assert.deepEqual([[...contacts.all], conversations.all], [[], []])
  disk.isFull = false
  const accepted = accept()
  await clock.settle()
  assert.equal((await accepted).peer, introduction.personId)
  assert.equal([...contacts.all].length, 1)
})
