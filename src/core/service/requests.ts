/** What each request does, once its parameters are parsed. */
import type { ServiceMethod, ServiceRequests } from '../../shared/service.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import { fingerprintText } from '../invite/inviteLink.ts'
import { defaultExpiryMs } from '../invite/inviteLimits.ts'
import type { SecretScanner } from '../ports/secretScanner.ts'
import type { Transport } from '../ports/transport.ts'
import { messageAtTime } from '../search/messageAtTime.ts'
import type { UserFiles } from '../ports/userFiles.ts'
import type { Clock } from '../ports/clock.ts'
import { nextTurn } from '../ports/nextTurn.ts'
import type { Backups } from '../archive/backups.ts'
import type { Engine } from './engine.ts'
import { contactHandlers } from './contactRequests.ts'
import { conversationOf, openConversationOf, requireMessage, requirePatch } from './lookup.ts'
import { messageHandlers } from './messageRequests.ts'
import { archiveHandlers } from './archiveRequests.ts'
import { fileHandlers } from './fileRequests.ts'
import { roomHandlers } from './roomRequests.ts'
import { safetyHandlers } from './safetyRequests.ts'
import type { StoreCare } from './storeCare.ts'
import { viewConversation, viewNetwork, viewOwnNetwork } from './views.ts'

export interface RequestContext {
  readonly keeper: IdentityKeeper
  readonly transport: Transport
  readonly scanner: SecretScanner
  readonly care: StoreCare
  /** The engine; throws `no-identity` or `recovery-needed` when none runs. */
  readonly engine: () => Engine
  /** Starts the engine for an identity that was just opened. */
  readonly begin: () => Promise<void>
  readonly shutdown: () => void
  readonly backups: Backups
  readonly files: UserFiles
  readonly clock: Clock
  /** Ends the engine, and deletes the identity and the store. */
  readonly erase: () => Promise<void>
}

type Handlers = {
  readonly [M in ServiceMethod]: (
    context: RequestContext,
    params: ServiceRequests[M]['params'],
  ) => Promise<ServiceRequests[M]['result']> | ServiceRequests[M]['result']
}

export const handlers: Handlers = {
  ...roomHandlers,
  ...contactHandlers,
  ...safetyHandlers,
  ...messageHandlers,
  ...archiveHandlers,
  ...fileHandlers,
  'identity/state': ({ keeper }) => keeper.state,
  'identity/get': ({ keeper }) => keeper.account?.identity ?? null,
  'identity/create': async ({ keeper, begin }, { name }) => {
    const { identity, phrase } = await keeper.create(name)
    await begin()
    return { person: identity.person, device: identity.device, phrase }
  },
  'identity/phrase': ({ keeper }) => ({ phrase: keeper.phrase() }),
  'identity/confirmPhrase': async ({ keeper }, { phrase }) => {
    await keeper.confirmPhrase(phrase)
    return null
  },
  'identity/recover': async ({ keeper, begin }, { phrase }) => {
    const identity = await keeper.recover(phrase)
    await begin()
    return identity
  },
  'identity/restore': async ({ keeper, begin }, { phrase, name }) => {
    const identity = await keeper.restore(phrase, name)
    await begin()
    return identity
  },
  'identity/rename': async ({ keeper }, { name }) => {
    await keeper.change({ name })
    return null
  },
  'invite/create': ({ engine }, { expiresInMs, autoAccept }) =>
    engine().inviter.create(expiresInMs ?? defaultExpiryMs, autoAccept ?? false),
  'invite/list': ({ engine }) => ({ own: engine().inviter.list(), joins: engine().joiner.list() }),
  'invite/link': ({ engine }, { invite }) => ({ link: engine().inviter.link(invite) }),
  'invite/revoke': async ({ engine }, { invite }) => {
    if (await engine().offers.revoke(invite)) return null
    const grant = engine().inviter.grantOf(invite)
    await engine().inviter.revoke(invite)
    if (grant !== undefined) await engine().rooms.get(grant.room)?.deeds.revoke(grant.invite)
    return null
  },
  'invite/confirm': async ({ engine }, { invite, accept }) => {
    const conversation = await engine().inviter.confirm(invite, accept)
    return conversation === undefined ? {} : { conversation: conversation.id }
  },
  'invite/inspect': ({ engine }, { link }) => {
    const { fingerprint, expiresAt, isRoom } = engine().joiner.inspect(link)
    return { kind: isRoom === true ? 'room' : 'contact', inviter: fingerprintText(fingerprint), expiresAt }
  },
  'invite/accept': async ({ engine }, { link }) => {
    const outcome = await engine().joiner.accept(link)
    const { state, join } = outcome
    return outcome.state === 'joined' ? { state, join, conversation: outcome.conversation.id } : { state, join }
  },
  'invite/abandon': async ({ engine }, { join }) => {
    await engine().joiner.abandon(join)
    return null
  },
  'conversation/list': async ({ engine, clock }) => {
    const asked = engine()
    const goesOn = async (): Promise<boolean> => {
      await nextTurn(clock)
      return engine() === asked
    }
    for (const { unread } of [...asked.conversations.all]) await unread.settle(goesOn)
    const { conversations, removal } = engine()
    const shown = conversations.all.filter((conversation) => removal.isShown(conversation))
    const views = shown.map((conversation) => viewConversation(engine(), conversation))
    return views.sort((a, b) => (b.last?.sentAt ?? 0) - (a.last?.sentAt ?? 0))
  },
  'conversation/history': ({ engine }, { conversation, before, after, limit }) => {
    const found = conversationOf(engine(), conversation)
    if (after !== undefined) {
      requireMessage(found, after)
      return found.timeline.historyAfter(after, limit)
    }
    if (before !== undefined) requireMessage(found, before)
    return found.timeline.history(before, limit)
  },
  'conversation/atTime': ({ engine }, { conversation, time }) => {
    const found = messageAtTime(conversationOf(engine(), conversation).timeline, time)
    return found === undefined ? null : { message: found.id }
  },
  'search/messages': ({ engine }, params) => {
    if (params.conversation !== undefined) conversationOf(engine(), params.conversation)
    return engine().search.find(params)
  },
  'conversation/read': async ({ engine }, { conversation, upTo }) => {
    const found = conversationOf(engine(), conversation)
    requireMessage(found, upTo)
    await found.markRead(upTo)
    engine().signals.read(found)
    return null
  },
  'conversation/typing': ({ engine }, { conversation, typing }) => {
    engine().signals.write(conversationOf(engine(), conversation), typing)
    return null
  },
  'privacy/get': ({ engine }) => engine().privacy.now,
  'privacy/set': async ({ engine }, changes) => {
    const { privacy } = engine()
    await privacy.set(changes)
    return privacy.now
  },
  'draft/get': ({ engine }, { conversation, thread }) => ({
    text: engine().drafts.get(conversationOf(engine(), conversation).id, thread),
  }),
  'draft/set': async ({ engine }, { conversation, text, thread }) => {
    await engine().drafts.set(conversationOf(engine(), conversation).id, text, thread)
    return null
  },
  'message/get': ({ engine }, { conversation, message }) =>
    conversationOf(engine(), conversation).timeline.get(message) ?? null,
  'message/send': ({ engine }, { conversation, body, token }) =>
    engine().sendOnce.send(openConversationOf(engine(), conversation), body, token),
  'patch/result': async ({ engine }, { conversation: id, ...result }) => {
    const conversation = conversationOf(engine(), id)
    requirePatch(conversation, result.patch)
    await conversation.send({ kind: 'patch-result', ...result })
    return null
  },
  'trial/get': ({ engine }, { conversation, patch }) => {
    requirePatch(conversationOf(engine(), conversation), patch)
    return { trial: engine().trials.get(patch) ?? null }
  },
  'trial/set': async ({ engine }, { conversation, patch, trial }) => {
    requirePatch(conversationOf(engine(), conversation), patch)
    await engine().trials.set(patch, trial)
    return null
  },
  'store/state': ({ care }) => care.state,
  'store/retry': ({ care }) => {
    care.retry()
    return care.state
  },
  'store/noted': ({ care }) => {
    care.noted()
    return null
  },
  'network/status': ({ engine, keeper, transport }) =>
    keeper.state.kind === 'ready' ? viewNetwork(engine(), transport.status) : viewOwnNetwork(transport.status),
  'network/retry': ({ engine }) => {
    engine().wake()
    return null
  },
  'scan/text': async ({ scanner }, { text, name }) => ({ findings: await scanner.scan(text, name) }),
  shutdown: ({ shutdown }) => {
    shutdown()
    return null
  },
}
