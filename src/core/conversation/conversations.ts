import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { ConversationId, DeviceId, PersonId } from '../../shared/ids.ts'
import { compareBytes, concat, isEqual, toHex } from '../codec/bytes.ts'
import { domain, hash } from '../crypto/primitives.ts'
import type { Account } from '../identity/account.ts'
import { bindNotices } from './bindNotices.ts'
import type { ConversationContext } from './conversationContext.ts'
import { Conversation } from './conversation.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { LoadedRecords } from './conversationRecords.ts'
import { Epochs } from './epochs.ts'

/** What the two sides of a new direct conversation agree on; 32 bytes each. */
export interface ConversationSecrets {
  readonly syncSecret: Uint8Array
  readonly epochKey: Uint8Array
}

/**
 * The id of the direct conversation of two people: both compute the same, whoever invited whom, so that two invites at
 * once still lead to one conversation.
 */
export function directConversationId(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [first, second] = compareBytes(a, b) < 0 ? [a, b] : [b, a]
  return hash(concat(domain('tincan direct conversation'), first, second))
}

/** All conversations of this device. */
export class Conversations {
  readonly #context: ConversationContext
  readonly #account: Account
  readonly #byId = new Map<ConversationId, Conversation>()
  readonly #onDidAdd = new Emitter<Conversation>()
  #self: Promise<Conversation> | undefined
  readonly #onDidEstablish = new Emitter<Conversation>()

  constructor(context: ConversationContext, account: Account, loaded: LoadedRecords) {
    this.#context = context
    this.#account = account
    for (const record of loaded.conversations) {
      const { logs, epochs, acks } = loaded.of(record.id)
      const own = this.#ownLog(record.id, logs)
      bindNotices(context, record)
      const conversation = new Conversation(context, record, epochs, logs, own)
      for (const { device, log, ranges } of acks) {
        const by = conversation.log(toHex(device) as DeviceId)
        const written = log === undefined ? own : conversation.log(toHex(log) as DeviceId)
        if (by !== undefined) written?.delivery.acknowledge(by.deviceId, by.personId, ranges)
      }
      this.#byId.set(conversation.id, conversation)
    }
  }

  /** The log that this device writes. A device with a fresh key begins one, beside the logs of those it took the place of. */
  #ownLog(conversation: Uint8Array, logs: DeviceLog[]): DeviceLog {
    const { records, store } = this.#context
    const { device, root, formerDevices } = this.#account
    const missing = [...formerDevices, device.publicKey].filter((key) => !logs.some((log) => isEqual(log.device, key)))
    if (missing.length > 0)
      store.transaction(() => {
        for (const key of missing) logs.push(records.createLog(conversation, key, root.publicKey))
      })
    return logs.find((log) => isEqual(log.device, device.publicKey)) as DeviceLog
  }

  /** A conversation came to be. */
  readonly onDidAdd: Event<Conversation> = this.#onDidAdd.event
  /** A conversation came to be, or its members settled on other keys for it. */
  readonly onDidEstablish: Event<Conversation> = this.#onDidEstablish.event

  get all(): readonly Conversation[] {
    return [...this.#byId.values()]
  }

  get(id: ConversationId): Conversation | undefined {
    return this.#byId.get(id)
  }

  /** The direct conversation with a person, or `undefined`. */
  with(person: PersonId): Conversation | undefined {
    return this.all.find((conversation) => conversation.peer === person)
  }

  /** The conversation with oneself, made where there is none yet. */
  self(): Promise<Conversation> {
    const { root, device } = this.#account
    const person = toHex(root.publicKey) as PersonId
    const present = this.with(person)
    if (present !== undefined) return Promise.resolve(present)
    this.#self ??= this.#context.committer
      .run(() => this.establish(root.publicKey, device.publicKey, this.secretsFor(person)))
      .then((made) => {
        this.added(made)
        return made
      })
      .finally(() => {
        this.#self = undefined
      })
    return this.#self
  }

  /** Fresh secrets for a conversation with somebody, or those of the one there is. */
  secretsFor(person: PersonId): ConversationSecrets {
    const present = this.with(person)
    const epochKey = present?.epochs.get(present.record.epoch)
    if (present !== undefined && epochKey !== undefined) return { syncSecret: present.record.syncSecret, epochKey }
    const { random } = this.#context
    return { syncSecret: random.bytes(32), epochKey: random.bytes(32) }
  }

  /**
   * Makes the direct conversation with a person, inside a transaction of the caller, who calls `added` with it once
   * that is on disk. Where there is one already (two people invited each other at once), both sides settle on the
   * smaller of the two secrets and keep both epochs.
   */
  establish(person: Uint8Array, device: Uint8Array, secrets: ConversationSecrets): Conversation {
    const { records, clock } = this.#context
    const present = this.with(toHex(person) as PersonId)
    if (present !== undefined) {
      const epoch = records.putEpoch(present.record.id, secrets.epochKey)
      present.epochs.add(secrets.epochKey)
      if (compareBytes(secrets.syncSecret, present.record.syncSecret) < 0)
        present.rekey({ syncSecret: secrets.syncSecret, epoch })
      // What is said from now on is nothing that was deleted.
      if (present.record.isPutAway === true) present.rekey({ isPutAway: false })
      present.addLog(device, person)
      return present
    }
    const epochs = new Epochs()
    epochs.add(secrets.epochKey)
    const id = directConversationId(this.#account.root.publicKey, person)
    const record = {
      number: records.nextNumber(),
      id,
      peer: person,
      syncSecret: secrets.syncSecret,
      createdAt: Math.max(0, clock.now()),
      epoch: records.putEpoch(id, secrets.epochKey),
      notices: 0,
    }
    records.put(record)
    const own = records.createLog(record.id, this.#account.device.publicKey, this.#account.root.publicKey)
    const former = this.#account.formerDevices.map((key) => records.createLog(id, key, this.#account.root.publicKey))
    const theirs = isEqual(person, this.#account.root.publicKey) ? [] : [records.createLog(record.id, device, person)]
    return new Conversation(this.#context, record, epochs, [...former, own, ...theirs], own)
  }

  /** Takes up a conversation that was made or changed, now that it is on disk. */
  added(conversation: Conversation): void {
    if (!this.#byId.has(conversation.id)) {
      this.#byId.set(conversation.id, conversation)
      this.#onDidAdd.fire(conversation)
    }
    this.#onDidEstablish.fire(conversation)
  }
}
