import type { ServiceRequests } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import { fromHex, idBytes, toHex } from '../codec/bytes.ts'
import type { Conversation } from '../conversation/conversation.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import { maxCounter } from '../event/event.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import type { Position, Store } from '../ports/store.ts'
import type { RecordFormat } from '../store/recordTable.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'

type OnWritten = (event: StoredEvent) => void
type Result = ServiceRequests['message/send']['result']

/** How many of the latest tokens are known: more than can be under way while one leader replaces another. */
const maxKnown = 64
const tokenBytes = 16

interface SentRecord extends Position {
  /** Counts what was sent with a token. */
  readonly number: number
  readonly token: Uint8Array
  readonly conversation: Uint8Array
  readonly seq: number
}

const sentFormat: RecordFormat<SentRecord> = {
  kind: 'sent',
  write: (writer, { number, token, conversation, seq, clock, id }) => {
    writer.uint8(1).uint(number).fixed(token).fixed(conversation).uint(seq).uint(clock).fixed(id)
  },
  read: (reader) => {
    if (reader.uint8() !== 1) reader.fail()
    return {
      number: reader.uint(maxCounter),
      token: reader.fixed(tokenBytes),
      conversation: reader.fixed(32),
      seq: reader.uint(maxCounter),
      clock: reader.uint(maxCounter),
      id: reader.fixed(32),
    }
  },
}

/**
 * Sends a message at most once, however often the same request comes: its token goes to disk in the same transaction as
 * the message. So whoever got no answer, because the process that was asked died, can ask the next one.
 */
export class SendOnce {
  readonly #table: RecordTable<SentRecord>
  readonly #sent = new Map<string, SentRecord>()
  readonly #pending = new Map<string, Promise<Result>>()
  #lastNumber = 0

  constructor(store: Store, vault: Vault) {
    this.#table = new RecordTable(store, vault, sentFormat)
    for (const record of this.#table.list().sort((a, b) => a.number - b.number)) this.#know(record)
  }

  /** What was sent with a token before; `undefined` where nothing was. */
  known(conversation: Conversation, token: string): Result | undefined {
    const known = this.#sent.get(conversation.id + token)
    return known && { id: messageIdOf(known), seq: known.seq, state: conversation.own.delivery.stateOf(known.seq) }
  }

  /**
   * `token`: 32 hex digits, or `undefined` for a request that is never repeated. `onWritten` runs in the transaction that
   * writes the message, and not where it was written before.
   */
  send(conversation: Conversation, body: WireBody, token: string | undefined, onWritten?: OnWritten): Promise<Result> {
    const bytes = token === undefined ? undefined : fromHex(token)
    if (token === undefined || bytes === undefined) return write(conversation, body, onWritten)
    const key = conversation.id + token
    const known = this.known(conversation, token)
    if (known !== undefined) return Promise.resolve(known)
    const pending = this.#pending.get(key) ?? this.#write(conversation, body, bytes, onWritten)
    this.#pending.set(key, pending)
    const settle = (): boolean => this.#pending.delete(key)
    pending.then(settle, settle)
    return pending
  }

  async #write(
    conversation: Conversation,
    body: WireBody,
    token: Uint8Array,
    onWritten: OnWritten | undefined,
  ): Promise<Result> {
    let written: SentRecord | undefined
    const result = await write(conversation, body, (event) => {
      const { seq, clock, id } = event
      onWritten?.(event)
      const number = ++this.#lastNumber
      written = { number, token, conversation: idBytes(conversation.id), seq, clock, id }
      this.#table.put(new Uint8Array([number % maxKnown]), written)
    })
    if (written !== undefined) this.#know(written)
    return result
  }

  #know(record: SentRecord): void {
    this.#lastNumber = Math.max(this.#lastNumber, record.number)
    this.#sent.set(toHex(record.conversation) + toHex(record.token), record)
    const [oldest] = this.#sent.keys()
    if (this.#sent.size > maxKnown && oldest !== undefined) this.#sent.delete(oldest)
  }
}

async function write(conversation: Conversation, body: WireBody, onWritten?: OnWritten): Promise<Result> {
  const { id, seq, state } = await conversation.send(body, onWritten)
  return { id, seq, state }
}
