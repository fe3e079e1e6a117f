/** What bots and other programs build on: every answer and notification has the fields of the README, and no others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageId } from '../../src/shared/ids.ts'
import type { HeadlessPeer } from './headlessPeer.ts'
import {
  amount,
  anyText,
  assertShape,
  count,
  either,
  flag,
  hex,
  listOf,
  matching,
  nothing,
  object,
  oneOf,
  type Shape,
  time,
  words,
} from './shape.ts'
import { onlyConversation, text, untilOnline, untilReceived, untilState, World } from './world.ts'

const person = hex(64)
const device = hex(64)
const conversationId = hex(64)
const messageId = hex(76)
const identity = object({ person, device, name: words })
const member = object({ person, name: words, verified: flag })
const snippet = object({
  kind: oneOf('snippet'),
  language: words,
  text: words,
  path: words,
  lines: object({ first: count, last: count }),
  git: object({ remote: words, commit: hex(40) }),
})
const notice = object({ kind: oneOf('notice'), notice: oneOf('contact-added', 'verified', 'unverified'), person })
const message = object({
  id: messageId,
  author: person,
  device,
  seq: count,
  clock: count,
  sentAt: time,
  body: either(object({ kind: oneOf('text'), text: words }), snippet, notice),
  state: oneOf('queued', 'sent', 'delivered', 'received'),
})
const conversation = object({
  id: conversationId,
  kind: oneOf('direct'),
  title: words,
  members: listOf(member),
  unread: count,
  online: flag,
  'readUpTo?': messageId,
  'last?': object({ id: messageId, author: person, sentAt: time, summary: anyText }),
  missing: count,
  'typing?': listOf(person),
  'readers?': listOf(object({ person, upTo: messageId })),
  'lastSeenAt?': time,
  notify: object({ level: oneOf('all', 'mentions', 'nothing'), 'mutedUntil?': time }),
})
const network = object({
  online: flag,
  bootstrapped: flag,
  'reason?': words,
  links: listOf(
    object({
      person,
      device,
      route: oneOf('lan', 'direct', 'relayed', 'loopback'),
      rttMs: amount,
      since: time,
      bytesIn: count,
      bytesOut: count,
    }),
  ),
  peers: listOf(
    object({ person, name: words, linked: flag, 'reason?': words, 'lastSeenAt?': time, 'nextAttemptAt?': time }),
  ),
})
const ownInvite = object({
  invite: hex(32),
  expiresAt: time,
  autoAccept: flag,
  state: oneOf('live', 'joining', 'used', 'revoked', 'expired', 'refused'),
  'joiner?': object({ person, name: words }),
})
const join = object({
  join: words,
  inviter: words,
  expiresAt: time,
  state: oneOf('unreachable', 'waiting-for-answer', 'joined', 'failed', 'abandoned'),
  'reason?': words,
})
const ready = object({ kind: oneOf('ready'), identity, phrasePending: flag })

/** By the method of each notification that two people who meet and talk hear of. */
const notifications: Readonly<Record<string, Shape>> = {
  'identity/changed': ready,
  'message/added': object({ conversation: conversationId, message }),
  'message/changed': object({ conversation: conversationId, message }),
  'conversation/changed': object({ conversation }),
  'invite/joining': object({ invite: hex(32), person, name: words }),
  'invite/changed': object({ 'own?': ownInvite, 'join?': join, 'conversation?': conversationId }),
  'network/changed': network,
}

/** An answer as it came, in its shape. */
async function ask(peer: HeadlessPeer, method: string, params: object, shape: Shape): Promise<unknown> {
  const result = await peer.requestRaw(method, params)
  assertShape(result, shape, method)
  return result
}

test('a whole acquaintance over stdio: every answer and every notification has its documented shape', async (t) => {
  const world = await World.open(t)
  const [adaHome, bobHome] = await Promise.all([world.home('Ada'), world.home('Bob')])
  const [ada, bob] = await Promise.all([adaHome.start(), bobHome.start()])
  await ask(ada, 'identity/get', {}, nothing)
  await ask(ada, 'identity/state', {}, object({ kind: oneOf('none') }))
  for (const [peer, name] of [
    [ada, 'Ada'],
    [bob, 'Bob'],
  ] as const) {
    const created = object({ person, device, phrase: matching(/^([a-z]+ ){23}[a-z]+$/) })
    world.keepSecret(((await ask(peer, 'identity/create', { name }, created)) as { phrase: string }).phrase)
    await ask(peer, 'identity/get', {}, identity)
    await ask(peer, 'identity/state', {}, ready)
  }

  const made = object({ invite: hex(32), link: matching(/^vscode:\/\/tincan\.tincan\/join#[\w-]+$/), expiresAt: time })
  const create = (params: object) =>
    ask(ada, 'invite/create', { kind: 'contact', ...params }, made) as ReturnType<World['invite']>
  const revoked = await create({ expiresInMs: 60_000, autoAccept: true })
  const once = object({ link: matching(/^vscode:\/\/tincan\.tincan\/join#[\w-]+$/) })
  await ask(ada, 'invite/link', { invite: revoked.invite }, once)
  await ask(ada, 'invite/revoke', { invite: revoked.invite }, nothing)
  const { invite, link } = await create({})
  world.keepSecret(link)
  const inspected = object({ kind: oneOf('contact'), inviter: words, expiresAt: time })
  await ask(bob, 'invite/inspect', { link }, inspected)
  const accepted = object({ state: oneOf('waiting'), join: words })
  await ask(bob, 'invite/accept', { link }, accepted)
  await ada.waitFor('invite/joining', (told) => told.invite === invite)
  const invites = object({ own: listOf(ownInvite), joins: listOf(join) })
  for (const peer of [ada, bob]) await ask(peer, 'invite/list', {}, invites)
  await ask(ada, 'invite/confirm', { invite, accept: true }, object({ conversation: conversationId }))
  const { id } = await onlyConversation(bob)
  await Promise.all([untilOnline(ada, id), untilOnline(bob, id)])
  const again = object({ state: oneOf('joined'), conversation: conversationId, join: words })
  await ask(bob, 'invite/accept', { link }, again)

  const sent = object({ id: messageId, seq: count, state: oneOf('queued', 'sent') })
  const send = (body: object) =>
    ask(ada, 'message/send', { conversation: id, body }, sent) as Promise<{ readonly id: MessageId }>
  const first = await send(text('hello'))
  const git = { remote: 'https://example.org/kettle', commit: 'ab'.repeat(20) }
  const from = { language: 'typescript', path: 'src/kettle.ts', lines: { first: 5, last: 7 }, git }
  const second = await send({ kind: 'snippet', text: 'boil()', ...from })
  await untilReceived(bob, id, 'hello')
  await untilState(ada, id, second.id, 'delivered')
  const page = object({ messages: listOf(message), hasMore: flag })
  for (const peer of [ada, bob]) {
    await ask(peer, 'conversation/history', { conversation: id, limit: 10 }, page)
    await ask(peer, 'conversation/list', {}, listOf(conversation))
    await ask(peer, 'network/status', {}, network)
  }
  await ask(bob, 'conversation/history', { conversation: id, before: second.id, limit: 1 }, page)
  await ask(bob, 'conversation/history', { conversation: id, after: first.id, limit: 1 }, page)
  await ask(bob, 'conversation/atTime', { conversation: id, time: 0 }, object({ message: messageId }))
  const hit = object({ conversation: conversationId, message, ranges: listOf(object({ from: count, to: count })) })
  const hits = object({ hits: listOf(hit), 'next?': words, unread: count })
  await ask(bob, 'search/messages', { query: 'from:me', limit: 1, complete: true }, hits)
  await ask(bob, 'message/get', { conversation: id, message: first.id }, message)
  await ask(bob, 'conversation/read', { conversation: id, upTo: second.id }, nothing)
  await ask(bob, 'draft/set', { conversation: id, text: 'not yet' }, nothing)
  await ask(bob, 'draft/get', { conversation: id }, object({ text: words }))

  const other = await ada.request('identity/get')
  const number = object({ number: matching(/^\d{60}$/), code: matching(/^TINCAN:1:/), verified: flag })
  await ask(bob, 'safety/number', { person: other?.person }, number)
  await ask(bob, 'safety/verify', { person: other?.person, verified: true }, nothing)
  await ask(bob, 'network/retry', {}, nothing)
  await ask(bob, 'store/state', {}, object({}))

  const heard = new Set<string>()
  for (const { method, params } of [...ada.told, ...bob.told]) {
    const shape = notifications[method]
    assert.ok(shape, `${method} is told without a reason`)
    assertShape(params, shape, method)
    heard.add(method)
  }
  assert.deepEqual([...heard].sort(), Object.keys(notifications).sort())
  await ask(bob, 'shutdown', {}, nothing)
})
