import type { DeviceId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import { decodeRun, deviceOfRun, type Run } from '../event/run.ts'

/** Runs that came over a link and wait to be stored, as they came: read, they would take several times the memory. */
export class IncomingRuns {
  readonly #waiting: Uint8Array[] = []

  get count(): number {
    return this.#waiting.length
  }

  add(run: Uint8Array): void {
    this.#waiting.push(run)
  }

  /** Whether there is one of such a device. */
  some(isSuch: (device: DeviceId) => boolean): boolean {
    return this.#waiting.some((run) => isSuch(toHex(deviceOfRun(run)) as DeviceId))
  }

  /** Takes out the oldest, at most so many; `undefined` where one of them cannot be read. */
  take(most: number): Run[] | undefined {
    const taken = this.#waiting.splice(0, most)
    const runs = taken.flatMap((run) => decodeRun(run) ?? [])
    return runs.length === taken.length ? runs : undefined
  }

  clear(): void {
    this.#waiting.length = 0
  }
}
