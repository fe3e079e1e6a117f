import { toHex } from '../codec/bytes.ts'
import type { Log } from '../ports/log.ts'
import type { OperationId } from '../room/operation.ts'
import type { Refusal } from '../room/roomView.ts'

/** Counts what members said in a room without the right to, and says each once in the developer's log. */
export class RefusalCount {
  readonly #room: string
  readonly #log: Log
  readonly #known = new Set<OperationId>()

  constructor(room: Uint8Array, log: Log) {
    this.#room = toHex(room).slice(0, 8)
    this.#log = log
  }

  /** Takes up what was said of before: on disk, or not at all. */
  skip(refused: readonly Refusal[]): void {
    for (const { operation } of refused) this.#known.add(operation)
  }

  /** Says what is new among all that has no effect, why, and how many there are. */
  report(refused: readonly Refusal[]): void {
    for (const { operation, device, kind, reason } of refused) {
      if (this.#known.has(operation)) continue
      this.#known.add(operation)
      const what = `${kind ?? 'an operation'} of device ${device.slice(0, 8)} has no effect: ${reason}`
      this.#log.warn(`Room ${this.#room}: ${what} (${String(refused.length)} in all)`)
    }
  }
}
