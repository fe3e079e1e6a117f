import { chatError } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { InviteId, PersonId } from '../../shared/ids.ts'
import type { OwnInvite } from '../../shared/service.ts'
import { isEqual, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { keyBytes, keyPairFromSeed } from '../crypto/primitives.ts'
import type { Account } from '../identity/account.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { Connection, Transport } from '../ports/transport.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordTable } from '../store/recordTable.ts'
import type { RoomGrant } from '../rooms/roomRecords.ts'
import type { Admission } from './admission.ts'
import { InviteDoor } from './inviteDoor.ts'
import { lingerMs, maxLiveInvites } from './inviteLimits.ts'
import type { ParsedJoin, RefusalCode } from './inviteMessage.ts'
import { encodeRefused } from './inviteMessage.ts'
import { inviteIdBytes, maxWrongProofs, refusalFor, viewInvite, type InviteRecord } from './inviteRecords.ts'
import { linkOfInvite, requireUnexpired, requireUsable } from './linkOfInvite.ts'

export interface InviterInit {
  readonly transport: Transport
  readonly table: RecordTable<InviteRecord>
  readonly committer: Committer
  readonly contactAdmission: Admission
  readonly roomAdmission: Admission
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
}

interface Open {
  record: InviteRecord
  readonly door: InviteDoor
  expiry: Disposable
  /** Ends with the last thing asked of this invite: no two callers, and no caller and the user, decide at once. */
  turn: Promise<unknown>
  /** The joiner who waits for an answer, with the transcript that the answer is bound to. */
  waiting: { readonly connection: Connection; readonly transcript: Uint8Array } | undefined
}

/** Makes invites, lets the first who proves the secret in, and nobody after. */
export class Inviter implements Disposable {
  readonly #init: InviterInit
  readonly #invites = new Map<InviteId, Open>()
  readonly #onDidChange = new Emitter<{ readonly own: OwnInvite; readonly conversation?: Conversation }>()
  readonly #onDidJoin = new Emitter<{ readonly invite: InviteId; readonly person: PersonId; readonly name: string }>()
  #isDisposed = false

  constructor(init: InviterInit) {
    this.#init = init
  }

  readonly onDidChange: Event<{ readonly own: OwnInvite; readonly conversation?: Conversation }> =
    this.#onDidChange.event
  /** Somebody proved an invite's secret and waits for `confirm`. */
  readonly onDidJoin: Event<{ readonly invite: InviteId; readonly person: PersonId; readonly name: string }> =
    this.#onDidJoin.event

  /** Listens for the invites that are still out. */
  start(): void {
    for (const record of this.#init.table.list()) {
      // What was made while the node started is open already.
      if (this.#invites.has(toHex(record.id) as InviteId)) continue
      if (record.expiresAt + lingerMs < this.#init.clock.now()) void this.#forget(record)
      else this.#open(record)
    }
  }

  list(): OwnInvite[] {
    return [...this.#invites.values()].map(({ record }) => this.#view(record))
  }

  /** What an invite admits to in a room; `undefined` for any other. */
  grantOf(invite: InviteId): RoomGrant | undefined {
    return this.#invites.get(invite)?.record.room
  }

  /** The public keys of one's own invites: following one of them makes no sense. */
  isOwn(publicKey: Uint8Array): boolean {
    return [...this.#invites.values()].some(({ record }) => isEqual(keyPairFromSeed(record.seed).publicKey, publicKey))
  }

  /** `grant`: writes into a room what the invite with this secret admits to. */
  async create(
    expiresInMs: number,
    autoAccept: boolean,
    grant?: (secret: Uint8Array, expiresAt: number) => Promise<RoomGrant>,
  ): Promise<{ invite: InviteId; link: string; expiresAt: number }> {
    const { clock, random, table, committer, account } = this.#init
    const live = this.list().filter(({ state }) => state === 'live' || state === 'joining')
    if (live.length >= maxLiveInvites)
      throw chatError('invalid-params', `at most ${String(maxLiveInvites)} open invites`)
    const id = random.bytes(inviteIdBytes)
    // Whole seconds, as the link carries them.
    const expiresAt = Math.floor((clock.now() + expiresInMs) / 1000) * 1000
    const [seed, secret] = [random.bytes(keyBytes), random.bytes(keyBytes)]
    const room = grant && (await grant(secret, expiresAt))
    const open = { autoAccept, state: 'live' as const, wrongProofs: 0, isComplete: false }
    const record: InviteRecord = { id, seed, secret, expiresAt, ...open, ...(room && { room }) }
    await committer.run(() => {
      table.put(id, record)
    })
    // It was written on the way out, and is listened for after the next start.
    if (this.#isDisposed) throw chatError('disposed')
    const opened = this.#open(record)
    await opened.door.opened
    this.#onDidChange.fire({ own: this.#view(record) })
    return { invite: toHex(id) as InviteId, link: linkOfInvite(record, account().root.publicKey), expiresAt }
  }

  /** The link of an invite, once more. Throws what says why nobody can use it: `unknown-invite`, or how it ended. */
  link(invite: InviteId): string {
    const { record } = this.#find(invite)
    requireUsable(record, this.#init.clock.now())
    return linkOfInvite(record, this.#init.account().root.publicKey)
  }

  revoke(invite: InviteId): Promise<void> {
    return this.#inTurn(invite, (open) => this.#revoke(open))
  }

  /** Answers the one who waits. */
  confirm(invite: InviteId, accept: boolean): Promise<Conversation | undefined> {
    return this.#inTurn(invite, (open) => this.#confirm(open, accept))
  }

  dispose(): void {
    this.#isDisposed = true
    for (const { door, expiry } of this.#invites.values()) {
      expiry.dispose()
      door.dispose()
    }
    this.#invites.clear()
  }

  async #revoke(open: Open): Promise<void> {
    requireUnexpired(open.record, this.#init.clock.now())
    if (open.record.state !== 'live' && open.record.state !== 'joining') throw chatError('invite-used')
    await this.#save(open, { state: 'revoked' })
    this.#refuse(open.waiting?.connection, 'invite-revoked')
    open.waiting = undefined
  }

  async #confirm(open: Open, accept: boolean): Promise<Conversation | undefined> {
    requireUnexpired(open.record, this.#init.clock.now())
    if (open.record.state !== 'joining') throw chatError('invite-not-joining')
    if (accept) return this.#admit(open)
    await this.#save(open, { state: 'refused' })
    this.#refuse(open.waiting?.connection, 'invite-refused')
    open.waiting = undefined
    return undefined
  }

  #open(record: InviteRecord): Open {
    const { transport, clock, log } = this.#init
    const id = toHex(record.id) as InviteId
    const door = new InviteDoor({
      transport,
      clock,
      log,
      seed: record.seed,
      secret: record.secret,
      onJoin: (join, connection) => this.#inTurn(id, () => this.#onJoin(open, join, connection)),
      onJoined: () => this.#inTurn(id, () => this.#onComplete(open)),
    })
    const expiry = clock.after(Math.max(0, record.expiresAt - clock.now()) + 1, () => {
      this.#onExpiry(open)
    })
    const open: Open = { record, door, expiry, turn: Promise.resolve(), waiting: undefined }
    this.#invites.set(id, open)
    if (!record.isComplete) door.open()
    return open
  }

  #onExpiry(open: Open): void {
    const { record } = open
    const { clock } = this.#init
    if (record.state === 'live' || record.state === 'joining') this.#onDidChange.fire({ own: this.#view(record) })
    open.expiry = clock.after(Math.max(0, record.expiresAt + lingerMs - clock.now()), () => {
      open.door.dispose()
      this.#invites.delete(toHex(record.id) as InviteId)
      void this.#forget(record)
    })
  }

  async #onJoin(open: Open, join: ParsedJoin, connection: Connection): Promise<void> {
    const { record } = open
    if (join.kind !== 'ok') {
      await this.#onWrongProof(open, join.kind === 'newer' ? 'newer' : 'wrong-proof', connection)
      return
    }
    const { joiner, transcript } = join
    const isSame = record.joiner?.personId === joiner.personId && isEqual(record.joiner.device, joiner.device)
    const admission = this.#admissionOf(record)
    const refusal = refusalFor(record, isSame, this.#init.clock.now()) ?? admission.refusal(record, joiner)
    if (refusal !== undefined) {
      this.#refuse(connection, refusal)
      return
    }
    // Whoever calls again has lost the first line.
    open.waiting?.connection.destroy()
    // The seat is taken on disk before anything is answered.
    open.waiting = { connection, transcript }
    if (!isSame) await this.#save(open, { state: 'joining', joiner })
    if (open.record.state === 'used' || record.autoAccept) {
      await this.#admit(open)
      return
    }
    open.door.hold(connection)
    if (!isSame)
      this.#onDidJoin.fire({ invite: toHex(record.id) as InviteId, person: joiner.personId, name: joiner.name })
  }

  async #admit(open: Open): Promise<Conversation | undefined> {
    const { joiner } = open.record
    if (joiner === undefined) return undefined
    const admission = this.#admissionOf(open.record)
    let conversation = admission.conversation(open.record, joiner)
    if (open.record.state !== 'used') {
      const record: InviteRecord = { ...open.record, state: 'used' }
      conversation = await admission.accept(record, joiner, () => {
        this.#init.table.put(record.id, record)
      })
      open.record = record
      this.#onDidChange.fire({ own: this.#view(record), conversation })
    }
    const { waiting } = open
    if (waiting !== undefined) {
      const welcome = admission.welcome({ record: open.record, joiner, transcript: waiting.transcript })
      waiting.connection.send(InviteDoor.pack(welcome))
    }
    return conversation
  }

  #admissionOf({ room }: InviteRecord): Admission {
    return room === undefined ? this.#init.contactAdmission : this.#init.roomAdmission
  }

  async #onComplete(open: Open): Promise<void> {
    if (open.record.state !== 'used' || open.record.isComplete) return
    await this.#save(open, { isComplete: true })
    open.waiting = undefined
  }

  async #onWrongProof(open: Open, code: RefusalCode, connection: Connection): Promise<void> {
    if (open.record.state === 'live' && code === 'wrong-proof') {
      const wrongProofs = open.record.wrongProofs + 1
      await this.#save(open, wrongProofs >= maxWrongProofs ? { wrongProofs, state: 'revoked' } : { wrongProofs })
    }
    this.#refuse(connection, code)
  }

  #refuse(connection: Connection | undefined, code: RefusalCode): void {
    connection?.send(InviteDoor.pack(encodeRefused(code)))
    connection?.end()
  }

  async #save(open: Open, changes: Partial<InviteRecord>): Promise<void> {
    const record = { ...open.record, ...changes }
    await this.#init.committer.run(() => {
      this.#init.table.put(record.id, record)
    })
    open.record = record
    this.#onDidChange.fire({ own: this.#view(record) })
  }

  async #forget(record: InviteRecord): Promise<void> {
    await this.#init.committer
      .run(() => {
        this.#init.table.delete(record.id)
      })
      .catch((error: unknown) => {
        this.#init.log.warn(`An old invite could not be forgotten: ${String(error)}`)
      })
  }

  /** Runs `work` once everything asked of the invite before is done. */
  async #inTurn<T>(invite: InviteId, work: (open: Open) => Promise<T>): Promise<T> {
    const open = this.#find(invite)
    const result = open.turn.then(() => work(open))
    open.turn = result.catch(() => undefined)
    return result
  }

  #find(invite: InviteId): Open {
    const open = this.#invites.get(invite)
    if (open === undefined) throw chatError('unknown-invite')
    return open
  }

  #view(record: InviteRecord): OwnInvite {
    return viewInvite(record, this.#init.clock.now())
  }
}
