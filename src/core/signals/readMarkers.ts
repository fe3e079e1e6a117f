import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { Reader as ReaderOf } from '../../shared/signals.ts'
import { concat, idBytes, toHex } from '../codec/bytes.ts'
import { comparePositions, messageIdOf } from '../conversation/messageId.ts'
import { hashBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { maxCounter } from '../event/event.ts'
import type { Clock } from '../ports/clock.ts'
import type { Position } from '../ports/store.ts'
import type { Committer } from '../store/committer.ts'
import type { RecordFormat, RecordTable } from '../store/recordTable.ts'

/** Markers are written down together, this long after the first: whoever reads fast moves one many times a second. */
const writeAfterMs = 1_000

export interface MarkerRecord {
  readonly conversation: Uint8Array
  readonly person: Uint8Array
  readonly upTo: Position
}

/** How far each of the others says to have read. */
export class ReadMarkers implements Disposable {
  static readonly format: RecordFormat<MarkerRecord> = {
    kind: 'read-marker',
    write: (writer, { conversation, person, upTo }) => {
      writer.uint8(1).fixed(conversation).fixed(person).uint(upTo.clock).fixed(upTo.id)
    },
    read: (reader) => {
      if (reader.uint8() !== 1) reader.fail()
      const conversation = reader.fixed(hashBytes)
      const person = reader.fixed(publicKeyBytes)
      return { conversation, person, upTo: { clock: reader.uint(maxCounter), id: reader.fixed(hashBytes) } }
    },
  }
  readonly #table: RecordTable<MarkerRecord>
  readonly #committer: Committer
  readonly #clock: Clock
  readonly #markers = new Map<ConversationId, Map<PersonId, Position>>()
  readonly #unwritten: MarkerRecord[] = []
  #timer: Disposable | undefined

  constructor(table: RecordTable<MarkerRecord>, committer: Committer, clock: Clock) {
    this.#table = table
    this.#committer = committer
    this.#clock = clock
    for (const { conversation, person, upTo } of table.list())
      this.#of(toHex(conversation) as ConversationId).set(toHex(person) as PersonId, upTo)
  }

  in(conversation: ConversationId): readonly ReaderOf[] {
    const markers = this.#markers.get(conversation) ?? []
    return [...markers].map(([person, upTo]) => ({ person, upTo: messageIdOf(upTo) }))
  }

  /** Takes somebody's word; whether it says more than the one before. */
  note(conversation: ConversationId, person: PersonId, upTo: Position): boolean {
    const markers = this.#of(conversation)
    const before = markers.get(person)
    if (before !== undefined && comparePositions(upTo, before) <= 0) return false
    markers.set(person, upTo)
    this.#unwritten.push({ conversation: idBytes(conversation), person: idBytes(person), upTo })
    this.#timer ??= this.#clock.after(writeAfterMs, () => {
      this.#write()
    })
    return true
  }

  dispose(): void {
    this.#write()
  }

  #of(conversation: ConversationId): Map<PersonId, Position> {
    const known = this.#markers.get(conversation) ?? new Map<PersonId, Position>()
    this.#markers.set(conversation, known)
    return known
  }

  #write(): void {
    this.#timer?.dispose()
    this.#timer = undefined
    const latest = new Map(this.#unwritten.splice(0).map((one) => [toHex(keyOf(one)), one]))
    if (latest.size === 0) return
    this.#committer
      .run(() => {
        for (const record of latest.values()) this.#table.put(keyOf(record), record)
      })
      // The committer has logged it; the next link brings the marker again.
      .catch(() => undefined)
  }
}

const keyOf = ({ conversation, person }: MarkerRecord): Uint8Array => concat(conversation, person)
