import { chatError } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { JoinFailure, PendingJoin } from '../../shared/service.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Account } from '../identity/account.ts'
import { Dialler } from '../link/dialler.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Transport } from '../ports/transport.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordTable } from '../store/recordTable.ts'
import { lingerMs } from './inviteLimits.ts'
import type { InviteCode } from './inviteLink.ts'
import { inviterFingerprint, parseInviteLink } from './inviteLink.ts'
import type { Answer } from './inviteMessage.ts'
import type { JoinRecord } from './inviteRecords.ts'
import { inviteIdBytes, viewJoin } from './inviteRecords.ts'
import { callInviter } from './joinCall.ts'
import type { JoinEnds } from './joinEnds.ts'

const firstRetryMs = 2_000
const maxRetryMs = 60_000

export interface JoinerInit {
  readonly transport: Transport
  readonly table: RecordTable<JoinRecord>
  readonly committer: Committer
  readonly ends: JoinEnds
  readonly isOwnInvite: (publicKey: Uint8Array) => boolean
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

/** What became of an attempt to join. */
export type JoinOutcome =
  | { readonly state: 'joined'; readonly join: string; readonly conversation: Conversation }
  | { readonly state: 'waiting'; readonly join: string }

interface Following {
  record: JoinRecord
  readonly dialler: Dialler
  expiry: Disposable
  /** Whether the inviter is to decide; unknown while the first call lasts. */
  isAnswered: boolean | undefined
  conversation: Conversation | undefined
  /** Called with the first thing learned: joined, failed, or that it takes longer. */
  readonly firstNews: Set<() => void>
}

/** Follows invites of others until they are joined, refused, given up or expired. */
export class Joiner implements Disposable {
  readonly #init: JoinerInit
  readonly #joins = new Map<string, Following>()
  readonly #onDidChange = new Emitter<{ readonly join: PendingJoin; readonly conversation?: Conversation }>()

  constructor(init: JoinerInit) {
    this.#init = init
  }

  readonly onDidChange: Event<{ readonly join: PendingJoin; readonly conversation?: Conversation }> =
    this.#onDidChange.event

  /** Takes up again what was not finished; `wake` goes on with it. */
  start(): void {
    for (const record of this.#init.table.list()) if (record.state === 'waiting') this.#follow(record)
  }

  list(): PendingJoin[] {
    return [...this.#joins.values()].map((following) => viewJoin(following.record, following.isAnswered))
  }

  /** Tries every open join now. */
  wake(): void {
    for (const { record, dialler } of this.#joins.values()) if (record.state === 'waiting') dialler.wake()
  }

  rest(): void {
    for (const { dialler } of this.#joins.values()) dialler.rest()
  }

  /** What a link says, without using it. Throws the `ChatError` that says what is wrong with it. */
  inspect(link: string): InviteCode {
    const parsed = parseInviteLink(link)
    if (parsed.kind === 'garbled') throw chatError('link-garbled')
    if (parsed.kind === 'newer') throw chatError('link-newer')
    const { code } = parsed
    const { isOwnInvite, account } = this.#init
    const isOwnFingerprint = isEqual(code.fingerprint, inviterFingerprint(account().root.publicKey))
    if (isOwnFingerprint || isOwnInvite(code.publicKey)) throw chatError('invite-own')
    return code
  }

  /**
   * Follows a link. Resolves with `waiting` once it is clear that it takes longer; then it goes on in the background.
   * Rejects with a `ChatError` when the invite cannot be used.
   */
  async accept(link: string): Promise<JoinOutcome> {
    const code = this.inspect(link)
    const { clock, random, table, committer, ends } = this.#init
    const present = [...this.#joins.values()].find(({ record }) => isEqual(record.code.publicKey, code.publicKey))
    if (present?.record.state === 'joined') return this.#outcome(present)
    const prior = ends.prior(code, () => table.list())
    if (prior !== undefined) return { state: 'joined', ...prior }
    if (clock.now() >= code.expiresAt) throw chatError('invite-expired')
    let following = present?.record.state === 'waiting' ? present : undefined
    if (following === undefined) {
      const record: JoinRecord = { id: random.bytes(inviteIdBytes), code, state: 'waiting' }
      if (present !== undefined) this.#drop(present)
      // Followed from here on, so that the same link once more finds it.
      following = this.#follow(record)
      const followed = following
      await committer.run(
        () => {
          table.put(record.id, record)
        },
        () => {
          this.#drop(followed)
        },
      )
    }
    const { dialler } = following
    const followed = following
    await new Promise<void>((resolve) => {
      followed.firstNews.add(resolve)
      dialler.wake()
    })
    return this.#outcome(followed)
  }

  /** Stops following an invite. */
  async abandon(join: string): Promise<void> {
    const following = this.#joins.get(join)
    if (following === undefined) throw chatError('unknown-invite')
    await this.#init.committer.run(() => {
      this.#init.table.delete(following.record.id)
    })
    this.#drop(following)
    this.#onDidChange.fire({ join: { ...viewJoin(following.record, following.isAnswered), state: 'abandoned' } })
  }

  dispose(): void {
    for (const following of [...this.#joins.values()]) this.#drop(following)
  }

  #follow(record: JoinRecord): Following {
    const { clock, random } = this.#init
    const dialler = new Dialler({
      clock,
      random,
      firstDelayMs: firstRetryMs,
      maxDelayMs: maxRetryMs,
      attempt: () => this.#attempt(following),
    })
    const expiry = clock.after(Math.max(0, record.code.expiresAt - clock.now()) + 1, () => {
      this.#onExpiry(following)
    })
    const following: Following = {
      record,
      dialler,
      expiry,
      isAnswered: undefined,
      conversation: undefined,
      firstNews: new Set(),
    }
    this.#joins.set(toHex(record.id), following)
    return following
  }

  /** One call. True: nothing is left to try. */
  async #attempt(following: Following): Promise<boolean> {
    const { transport, account, clock, log } = this.#init
    await callInviter({
      transport,
      account: account(),
      clock,
      code: following.record.code,
      onAnswer: (answer) => this.#onAnswer(following, answer),
    }).catch((error: unknown) => {
      log.error('Joining failed', error)
    })
    if (following.record.state === 'waiting') this.#setAnswered(following, false)
    this.#news(following)
    return following.record.state !== 'waiting'
  }

  /** True: keep the connection and wait for more. */
  async #onAnswer(following: Following, answer: Answer): Promise<'wait' | 'joined' | 'close'> {
    // Joined already, and the inviter has not heard of it.
    if (following.record.state === 'joined' && answer.type.endsWith('welcome')) return 'joined'
    if (following.record.state !== 'waiting') return 'close'
    if (answer.type === 'pending') {
      this.#setAnswered(following, true)
      this.#news(following)
      return 'wait'
    }
    if (answer.type === 'refused') {
      const reason = answer.code === 'wrong-proof' || answer.code === 'newer' ? 'link-garbled' : answer.code
      await this.#fail(following, reason)
      return 'close'
    }
    const { record: before } = following
    let record = before
    const conversation = await this.#init.ends.take(answer, before.code, (end) => {
      record = { ...before, state: 'joined', ...end }
      this.#init.table.put(record.id, record)
    })
    if (conversation === undefined) {
      await this.#fail(following, 'link-garbled')
      return 'close'
    }
    following.conversation = conversation
    following.record = record
    following.expiry.dispose()
    following.dialler.rest()
    this.#changed(following)
    return 'joined'
  }

  /** An inviter who was asked in time may have said yes and not got through: it is asked for a while longer. */
  #onExpiry(following: Following): void {
    const fail = (): void => {
      this.#fail(following, 'invite-expired').catch((error: unknown) => {
        // In memory it is over, and after a restart it expires again.
        this.#init.log.error('An expired join could not be kept', error)
      })
    }
    if (following.isAnswered === true) following.expiry = this.#init.clock.after(lingerMs, fail)
    else fail()
  }

  async #fail(following: Following, reason: JoinFailure): Promise<void> {
    if (following.record.state !== 'waiting') return
    const record: JoinRecord = { ...following.record, state: 'failed', reason }
    following.record = record
    following.dialler.rest()
    following.expiry.dispose()
    await this.#init.committer.run(() => {
      this.#init.table.put(record.id, record)
    })
    this.#changed(following)
    this.#news(following)
  }

  #outcome(following: Following): JoinOutcome {
    const { record, conversation } = following
    const join = toHex(record.id)
    if (record.state === 'failed') throw chatError(record.reason ?? 'link-garbled')
    if (record.state === 'joined' && conversation !== undefined) return { state: 'joined', join, conversation }
    return { state: 'waiting', join }
  }

  #news(following: Following): void {
    for (const tell of following.firstNews) tell()
    following.firstNews.clear()
  }

  #setAnswered(following: Following, isAnswered: boolean): void {
    if (following.isAnswered === isAnswered) return
    following.isAnswered = isAnswered
    this.#changed(following)
  }

  #changed(following: Following): void {
    const { conversation } = following
    this.#onDidChange.fire({
      join: viewJoin(following.record, following.isAnswered),
      ...(conversation && { conversation }),
    })
  }

  #drop(following: Following): void {
    following.dialler.dispose()
    following.expiry.dispose()
    this.#joins.delete(toHex(following.record.id))
    this.#news(following)
  }
}
