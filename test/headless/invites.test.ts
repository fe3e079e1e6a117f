import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { encodeInviteLink, parseInviteLink } from '../../src/core/invite/inviteLink.ts'
import type { OwnInvite, PendingJoin } from '../../src/shared/service.ts'
import { SeededRandom } from '../doubles/seededRandom.ts'
import { expectRefusal } from './expectRefusal.ts'
import { RpcError, type HeadlessPeer } from './headlessPeer.ts'
import { onlyConversation, text, untilOnline, untilReceived, World } from './world.ts'

async function people(world: World, ...names: readonly string[]): Promise<HeadlessPeer[]> {
  return Promise.all(names.map((name) => world.home(name).then((home) => home.setUp())))
}

function untilInvite(peer: HeadlessPeer, state: OwnInvite['state']): Promise<OwnInvite> {
  return peer.until(`an invite to be ${state}`, async () => {
    const { own } = await peer.request('invite/list')
    return own.find((invite) => invite.state === state)
  })
}

function untilJoin(peer: HeadlessPeer, isIt: (join: PendingJoin) => boolean): Promise<PendingJoin> {
  return peer.until('a join to go on', async () => (await peer.request('invite/list')).joins.find(isIt))
}

/** Follows a link that cannot work, and returns why: refused at once, or found out later. */
async function failedJoin(peer: HeadlessPeer, link: string): Promise<PendingJoin['reason']> {
  const answer = await peer.request('invite/accept', { link }).catch((error: unknown) => {
    if (error instanceof RpcError) return error
    throw error
  })
  const isIt = (pending: PendingJoin): boolean => answer instanceof RpcError || pending.join === answer.join
  const failed = await untilJoin(peer, (pending) => isIt(pending) && pending.state === 'failed')
  if (answer instanceof RpcError) assert.equal(answer.code, failed.reason, 'the refusal and the list say the same')
  return failed.reason
}

test('the inviter sees the joiner’s name, confirms, and both have the conversation', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { invite, link, expiresAt } = await world.invite(ada)
  assert.ok(Math.abs(expiresAt - Date.now() - 86_400_000) < 60_000, 'an invite lasts a day unless said otherwise')
  assert.match(link, /^vscode:\/\/tincan\.tincan\/join#[A-Za-z0-9_-]+$/)

  const accepted = await bob.request('invite/accept', { link })
  assert.equal(accepted.state, 'waiting')
  const joining = await ada.waitFor('invite/joining', (told) => told.invite === invite)
  assert.equal(joining.name, 'Bob')
  assert.equal(joining.person, (await bob.request('identity/get'))?.person)
  await untilJoin(bob, ({ state }) => state === 'waiting-for-answer')
  assert.deepEqual(await bob.request('conversation/list'), [], 'nothing is there before the answer')

  const confirmed = await ada.request('invite/confirm', { invite, accept: true })
  const [ofAda, ofBob] = await Promise.all([onlyConversation(ada), onlyConversation(bob)])
  assert.equal(ofAda.id, ofBob.id)
  assert.equal(confirmed.conversation, ofAda.id)
  await Promise.all([untilOnline(ada, ofAda.id), untilOnline(bob, ofBob.id)])
  await bob.request('message/send', { conversation: ofBob.id, body: text('thanks for having me') })
  await untilReceived(ada, ofAda.id, 'thanks for having me')
  await untilInvite(ada, 'used')
})

test('a declined joiner is told so and gets nothing', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { invite, link } = await world.invite(ada)
  const { join } = await bob.request('invite/accept', { link })
  await ada.waitFor('invite/joining', (told) => told.invite === invite)
  await ada.request('invite/confirm', { invite, accept: false })
  const failed = await untilJoin(bob, (pending) => pending.join === join && pending.state === 'failed')
  assert.equal(failed.reason, 'invite-refused')
  await untilInvite(ada, 'refused')
  assert.deepEqual(await ada.request('conversation/list'), [])
  assert.deepEqual(await bob.request('conversation/list'), [])
  await expectRefusal(ada.request('invite/confirm', { invite, accept: true }), 'invite-not-joining')
})

test('a used invite is refused to a second person', async (t) => {
  const world = await World.open(t)
  const [ada, bob, eve] = (await people(world, 'Ada', 'Bob', 'Eve')) as [HeadlessPeer, HeadlessPeer, HeadlessPeer]
  const { link } = await world.invite(ada, { autoAccept: true })
  await bob.request('invite/accept', { link })
  await onlyConversation(bob)
  assert.equal(await failedJoin(eve, link), 'invite-used')
  assert.deepEqual(await eve.request('conversation/list'), [])
  assert.equal((await ada.request('conversation/list')).length, 1)
})

test('while one person waits for the answer, another is refused', async (t) => {
  const world = await World.open(t)
  const [ada, bob, eve] = (await people(world, 'Ada', 'Bob', 'Eve')) as [HeadlessPeer, HeadlessPeer, HeadlessPeer]
  const { invite, link } = await world.invite(ada)
  await bob.request('invite/accept', { link })
  await ada.waitFor('invite/joining', (told) => told.invite === invite)
  assert.equal(await failedJoin(eve, link), 'invite-used')
  await ada.request('invite/confirm', { invite, accept: true })
  await onlyConversation(bob)
})

test('the same joiner may try again after a crash in the middle', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Bob')
  const [ada] = (await people(world, 'Ada')) as [HeadlessPeer]
  const bob = await home.setUp()
  const { invite, link } = await world.invite(ada)
  await bob.request('invite/accept', { link })
  await ada.waitFor('invite/joining', (told) => told.invite === invite)
  await bob.kill()
  await ada.request('invite/confirm', { invite, accept: true })
  const bob2 = await home.start()
  const { id } = await onlyConversation(bob2)
  await untilOnline(bob2, id)
  const again = await bob2.request('invite/accept', { link }).catch((error: unknown) => error)
  if (again instanceof Error) await expectRefusal(Promise.reject(again), 'already-contact')
  assert.equal((await bob2.request('conversation/list')).length, 1)
  assert.equal((await ada.request('conversation/list')).length, 1)
})

test('an invite survives the crash of its maker', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Ada')
  const [bob] = (await people(world, 'Bob')) as [HeadlessPeer]
  const ada = await home.setUp()
  const { link } = await world.invite(ada, { autoAccept: true })
  await ada.kill()
  const ada2 = await home.start()
  await bob.request('invite/accept', { link })
  const [ofAda, ofBob] = await Promise.all([onlyConversation(ada2), onlyConversation(bob)])
  assert.equal(ofAda.id, ofBob.id)
})

test('a joiner whose inviter is offline waits visibly, and joins when the inviter comes', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Ada')
  const [bob] = (await people(world, 'Bob')) as [HeadlessPeer]
  const ada = await home.setUp()
  const { link, expiresAt } = await world.invite(ada, { autoAccept: true })
  await ada.shutdown()
  const { state, join } = await bob.request('invite/accept', { link })
  assert.equal(state, 'waiting')
  const waiting = await untilJoin(bob, (pending) => pending.join === join)
  assert.equal(waiting.state, 'unreachable')
  assert.equal(waiting.expiresAt, Math.floor(expiresAt / 1000) * 1000)
  await home.start()
  await onlyConversation(bob)
})

test('a waiting joiner goes on waiting after a restart, and can give up', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Bob')
  const adaHome = await world.home('Ada')
  const ada = await adaHome.setUp()
  const bob = await home.setUp()
  const { link } = await world.invite(ada, { autoAccept: true })
  await ada.shutdown()
  await bob.request('invite/accept', { link })
  await bob.kill()
  const bob2 = await home.start()
  const { joins } = await bob2.request('invite/list')
  assert.equal(joins.length, 1)
  await bob2.request('invite/abandon', { join: joins[0]?.join ?? '' })
  assert.ok(!(await bob2.request('invite/list')).joins.some(({ state }) => state === 'unreachable'))
})

test('a revoked invite is refused', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { invite, link } = await world.invite(ada, { autoAccept: true })
  await ada.request('invite/revoke', { invite })
  await untilInvite(ada, 'revoked')
  assert.equal(await failedJoin(bob, link), 'invite-revoked')
  assert.deepEqual(await bob.request('conversation/list'), [])
  await expectRefusal(ada.request('invite/confirm', { invite, accept: true }), 'invite-not-joining')
})

test('somebody who waits for the answer is told when the invite is taken back', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { invite, link } = await world.invite(ada)
  const { join } = await bob.request('invite/accept', { link })
  await ada.waitFor('invite/joining', (told) => told.invite === invite)
  await ada.request('invite/revoke', { invite })
  const failed = await untilJoin(bob, (pending) => pending.join === join && pending.state === 'failed')
  assert.equal(failed.reason, 'invite-revoked')
})

test('an expired invite is refused before anybody is asked', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { link } = await world.invite(ada)
  const parsed = parseInviteLink(link)
  assert.ok(parsed.kind === 'ok')
  const expired = encodeInviteLink({ ...parsed.code, expiresAt: Date.now() - 60_000 })
  await expectRefusal(bob.request('invite/accept', { link: expired }), 'invite-expired')
  assert.deepEqual((await bob.request('invite/list')).joins, [])
})

test('an invite expires at its inviter too, whatever the link says', async (t) => {
  const world = await World.open(t)
  const home = await world.home('Ada')
  const [bob] = (await people(world, 'Bob')) as [HeadlessPeer]
  const ada = await home.setUp()
  const { link } = await world.invite(ada, { autoAccept: true })
  await ada.shutdown()
  const parsed = parseInviteLink(link)
  assert.ok(parsed.kind === 'ok')
  const longer = encodeInviteLink({ ...parsed.code, expiresAt: parsed.code.expiresAt + 30 * 86_400_000 })
  const late = home.spawn({ clockShiftMs: 86_400_000 + 60_000 })
  await untilInvite(late, 'expired')
  assert.equal(await failedJoin(bob, longer), 'invite-expired')
  assert.deepEqual(await late.request('conversation/list'), [])
})

test('one’s own invite is refused with its own sentence', async (t) => {
  const world = await World.open(t)
  const [ada] = (await people(world, 'Ada')) as [HeadlessPeer]
  const { link } = await world.invite(ada)
  await expectRefusal(ada.request('invite/accept', { link }), 'invite-own')
})

test('a link with another secret or another inviter’s fingerprint never joins', async (t) => {
  const world = await World.open(t)
  const [ada, bob, eve] = (await people(world, 'Ada', 'Bob', 'Eve')) as [HeadlessPeer, HeadlessPeer, HeadlessPeer]
  const { link } = await world.invite(ada, { autoAccept: true })
  const parsed = parseInviteLink(link)
  assert.ok(parsed.kind === 'ok')
  const guessed = encodeInviteLink({ ...parsed.code, secret: new Uint8Array(32).fill(7) })
  assert.equal((await eve.request('invite/accept', { link: guessed })).state, 'waiting')
  assert.equal((await eve.request('invite/list')).joins[0]?.state, 'unreachable')
  assert.equal((await ada.request('invite/list')).own[0]?.state, 'live', 'who does not know the secret uses nothing up')

  const renamed = encodeInviteLink({ ...parsed.code, fingerprint: new Uint8Array(16).fill(7) })
  assert.equal(await failedJoin(bob, renamed), 'link-garbled')
  assert.deepEqual(await bob.request('conversation/list'), [])
  assert.deepEqual(await eve.request('conversation/list'), [])
})

test('garbled, truncated and foreign links are refused and change nothing', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { link } = await world.invite(ada)
  const seed = randomInt(2 ** 31)
  t.diagnostic(`seed ${seed}`)
  const random = new SeededRandom(seed)
  const code = link.slice(link.indexOf('#') + 1)
  const bad = [
    '',
    ' ',
    'hello',
    'https://example.org/join#' + code,
    'vscode://somebody.else/join#' + code,
    'vscode://tincan.tincan/join',
    'vscode://tincan.tincan/join#',
    `${code}${code}`,
    'A'.repeat(1_000),
    'A'.repeat(100_000),
    '\u0000',
    ...Array.from({ length: 40 }, () => code.slice(0, random.below(code.length))),
    ...Array.from({ length: 40 }, () => {
      const at = random.below(code.length - 1)
      const other = code[at] === 'A' ? 'B' : 'A'
      return `vscode://tincan.tincan/join#${code.slice(0, at)}${other}${code.slice(at + 1)}`
    }),
  ]
  for (const garbled of bad) {
    await expectRefusal(bob.request('invite/accept', { link: garbled }), 'link-garbled')
    await expectRefusal(bob.request('invite/inspect', { link: garbled }), 'link-garbled')
  }
  assert.deepEqual(await bob.request('invite/list'), { own: [], joins: [] })
})

test('inspecting a link says when it expires and whose it is, and does not use it', async (t) => {
  const world = await World.open(t)
  const [ada, bob] = (await people(world, 'Ada', 'Bob')) as [HeadlessPeer, HeadlessPeer]
  const { link, expiresAt } = await world.invite(ada, { autoAccept: true })
  const seen = await bob.request('invite/inspect', { link })
  assert.equal(seen.expiresAt, Math.floor(expiresAt / 1000) * 1000)
  assert.match(seen.inviter, /^([0-9a-f]{4} ){7}[0-9a-f]{4}$/)
  assert.deepEqual(await bob.request('invite/list'), { own: [], joins: [] })
  assert.equal((await ada.request('invite/list')).own[0]?.state, 'live')
})

test('invites that are not there are refused', async (t) => {
  const world = await World.open(t)
  const [ada] = (await people(world, 'Ada')) as [HeadlessPeer]
  const invite = 'ab'.repeat(16)
  await expectRefusal(ada.requestRaw('invite/revoke', { invite }), 'unknown-invite')
  await expectRefusal(ada.requestRaw('invite/confirm', { invite, accept: true }), 'unknown-invite')
  await expectRefusal(ada.requestRaw('invite/abandon', { join: 'no such join' }), 'unknown-invite')
})
