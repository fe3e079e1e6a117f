import type { DeviceId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { toHex } from '../codec/bytes.ts'
import type { RoomTie } from '../conversation/roomTie.ts'
import type { Range, Ranges } from '../event/ranges.ts'
import type { Position } from '../ports/store.ts'
import type { Erasure } from '../relation/erasures.ts'
import { erasedKey } from '../room/roomView.ts'
import type { EpochKeeper } from './epochKeeper.ts'
import type { Room } from './room.ts'
import type { Floor } from './roomRecords.ts'

/** What a room is to its messages. */
export class MessagesTie implements RoomTie {
  readonly #room: Room
  readonly #epochs: EpochKeeper
  #floors: { readonly of: readonly Floor[]; readonly byDevice: ReadonlyMap<DeviceId, number> } | undefined

  constructor(room: Room, epochs: EpochKeeper) {
    this.#room = room
    this.#epochs = epochs
  }

  get others(): ReadonlySet<PersonId> {
    return this.#room.others
  }

  get epoch(): Uint8Array {
    return this.#epochs.messageEpoch
  }

  get lifetimeMs(): number {
    return this.#room.view.lifetimeMs
  }

  prepare(): void {
    this.#room.requireRole('member')
    this.#epochs.prepare()
  }

  counts(device: DeviceId, seq: number): boolean {
    return this.countedOf(device).some(({ from, to }) => seq >= from && seq <= to)
  }

  countedOf(device: DeviceId): Ranges {
    const spans = this.#room.view.devices.get(device)?.messages ?? []
    const floor = this.floorOf(device)
    return spans.flatMap(({ from, to = Number.MAX_SAFE_INTEGER }): Range[] =>
      to > floor ? [{ from: Math.max(from, floor + 1), to }] : [],
    )
  }

  floorOf(device: DeviceId): number {
    const { floors } = this.#room.record
    if (this.#floors?.of !== floors)
      this.#floors = { of: floors, byDevice: new Map(floors.map((one) => [toHex(one.device) as DeviceId, one.seq])) }
    return this.#floors.byDevice.get(device) ?? 0
  }

  lines(before: Position | undefined, limit: number): readonly Message[] {
    return this.#room.lines.before(before, limit)
  }

  linesAfter(after: Position, limit: number): readonly Message[] {
    return this.#room.lines.after(after, limit)
  }

  hasLine(at: Position): boolean {
    return this.#room.lines.has(at)
  }

  get hasErasures(): boolean {
    return this.#room.view.erased.size > 0
  }

  get erasedMessages(): readonly MessageId[] {
    return [...this.#room.view.erased.values()].map(({ message }) => message)
  }

  erasureOf(message: MessageId, author: PersonId): Erasure | undefined {
    return this.#room.view.erased.get(erasedKey(message, author))
  }
}
