import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import type { MessageId } from '../../src/shared/ids.ts'
import type { Message } from '../../src/shared/service.ts'
import type { SeededRandom } from '../doubles/seededRandom.ts'
import { count } from '../record/tally.ts'
import { losePower, type FaultyDisk } from './faults/faultyDisk.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import { friends } from './people.ts'
import { type Home, readAll, type SpawnOptions, text, textsOf, untilReceived, type World } from './world.ts'

export interface CrashPlan {
  /** Rounds to play; fewer when `untilMs` (of `performance.now()`) comes first. */
  readonly rounds: number
  readonly untilMs: number
  /** Played whatever the time; none where this is left out. */
  readonly leastRounds?: number
  readonly random: SeededRandom
  /** With each process goes the power of this disk: only what was flushed is left of what they wrote. */
  readonly disk?: FaultyDisk
}

export interface CrashOutcome {
  readonly rounds: number
  readonly acknowledged: number
}

const burst = 60

/**
 * Ada and Bob send bursts to each other; in the middle of each, one of them or both are killed with SIGKILL and started
 * again, now and then killed once more while starting. What was acknowledged must be there, once, in the same order on
 * both sides; what Ada saw delivered must be on Bob's disk without her help; and no store may need a repair.
 */
export async function playCrashRounds(world: World, plan: CrashPlan): Promise<CrashOutcome> {
  const { homes, conversation, ...first } = await friends(world, optionsOf(plan))
  let { ada, bob } = first
  const acknowledged = new Map<MessageId, string>()
  const delivered = new Set<MessageId>()
  let round = 0
  const isOwed = (): boolean => round < (plan.leastRounds ?? 0) || performance.now() < plan.untilMs
  for (; round < plan.rounds && isOwed(); round++) {
    const killAfter = plan.random.below(burst)
    const victim = plan.random.pick(['sender', 'receiver', 'both'])
    let answers = 0
    let reached: () => void = () => undefined
    const middle = new Promise<void>((resolve) => (reached = resolve))
    const sender = ada
    const other = bob
    const sends = Array.from({ length: burst }, async (_, i) => {
      const from = i % 3 === 2 ? other : sender
      const words = `round ${round} message ${i}`
      // Rejected when the process dies first: not acknowledged then.
      const answer = await from.request('message/send', { conversation, body: text(words) }).catch(() => undefined)
      if (answer !== undefined) acknowledged.set(answer.id, words)
      if (++answers > killAfter) reached()
    })
    await middle
    const end = async (peer: HeadlessPeer, { data }: Home): Promise<void> => {
      await peer.kill()
      if (plan.disk !== undefined) losePower(data)
    }
    await Promise.all([victim === 'receiver' || end(ada, homes.ada), victim === 'sender' || end(bob, homes.bob)])
    count({ faults: victim === 'both' ? 2 : 1 })
    await Promise.all(sends)
    for (const id of seenDelivered(sender)) delivered.add(id)
    if (victim !== 'sender') {
      bob = await restart(homes.bob, plan)
      if (victim === 'both') checkHas(await readAll(bob, conversation), delivered)
    }
    if (victim !== 'receiver') ada = await restart(homes.ada, plan)
    checkToldOnce(sender)
  }

  await ada.request('message/send', { conversation, body: text('the last one') })
  await untilReceived(bob, conversation, 'the last one')
  for (const peer of [ada, bob])
    await peer.until('everything to be delivered', async () => {
      const all = await readAll(peer, conversation)
      return all.every(({ state }) => state === 'delivered' || state === 'received') || undefined
    })
  const history = await readAll(ada, conversation)
  const received = await readAll(bob, conversation)
  assert.deepEqual(
    received.map(({ id }) => id),
    history.map(({ id }) => id),
    'both sides have the same messages in the same order',
  )
  count({
    acknowledged: acknowledged.size,
    lost: [...acknowledged.keys()].filter((id) => !history.some((message) => message.id === id)).length,
    duplicated: history.length - new Set(textsOf(history)).size,
  })
  checkHistory(history, acknowledged)
  checkToldOnce(bob)
  return { rounds: round, acknowledged: acknowledged.size }
}

const optionsOf = ({ disk }: CrashPlan): SpawnOptions =>
  disk === undefined ? {} : { environment: disk.keepingFlushed }

/** A process on the data of one that was killed; at times one before it is killed while it starts. */
async function restart(home: Home, plan: CrashPlan): Promise<HeadlessPeer> {
  if (plan.random.below(4) === 0) {
    const dying = home.spawn(optionsOf(plan))
    // Not a wait for anything: a moment like any other, early enough to lie in the start.
    await setTimeout(plan.random.below(600))
    await dying.kill()
    count({ faults: 1 })
  }
  const peer = await home.start(optionsOf(plan))
  assert.deepEqual(await peer.request('store/state'), {}, 'a kill leaves nothing to repair')
  assert.equal((await peer.request('identity/state')).kind, 'ready')
  return peer
}

function seenDelivered(peer: HeadlessPeer): MessageId[] {
  return peer.told.flatMap(({ method, params }) =>
    method === 'message/changed' && params.message.state === 'delivered' ? [params.message.id] : [],
  )
}

function checkHas(messages: readonly Message[], ids: ReadonlySet<MessageId>): void {
  const there = new Set(messages.map(({ id }) => id))
  for (const id of ids) assert.ok(there.has(id), 'a message that was delivered is on the receiver’s disk')
}

function checkToldOnce(peer: HeadlessPeer): void {
  const ids = peer.told.flatMap(({ method, params }) => (method === 'message/added' ? [params.message.id] : []))
  assert.equal(new Set(ids).size, ids.length, 'no message is told as new twice')
}

function checkHistory(history: readonly Message[], acknowledged: ReadonlyMap<MessageId, string>): void {
  const texts = textsOf(history)
  assert.equal(new Set(texts).size, texts.length, 'no message is there twice')
  for (const device of new Set(history.map((message) => message.device))) {
    const seqs = history.filter((message) => message.device === device).map(({ seq }) => seq)
    assert.deepEqual(
      seqs,
      seqs.map((_, index) => index + 1),
      'no log has a gap, and none begins anew',
    )
  }
  const byId = new Map(history.map(({ id }, index) => [id, texts[index]]))
  for (const [id, words] of acknowledged) assert.equal(byId.get(id), words, 'an acknowledged message is there')
}
