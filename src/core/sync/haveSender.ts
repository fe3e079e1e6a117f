import type { DeviceLog } from '../conversation/deviceLog.ts'
import { maxHaveEntries } from '../link/frame.ts'
import type { Link } from '../link/link.ts'
import type { Store } from '../ports/store.ts'

export interface HaveSenderInit {
  readonly link: Link
  readonly channel: number
  readonly store: Pick<Store, 'flush'>
  /** Nothing was said: the disk refused, with this error. */
  readonly refused: (error: unknown) => void
}

/** Says over a link what is held of the logs of one conversation. That acknowledges it, and so it is on disk before. */
export class HaveSender {
  readonly #init: HaveSenderInit
  readonly #changed = new Set<DeviceLog>()

  constructor(init: HaveSenderInit) {
    this.#init = init
  }

  /** What is held of this log is to be said. */
  add(log: DeviceLog): void {
    this.#changed.add(log)
  }

  /** There is something to say, and the link can take it. */
  get isDue(): boolean {
    return this.#changed.size > 0 && !this.#init.link.isCongested
  }

  /** Says it, even if it is nothing. */
  send(): void {
    const { link, channel, store, refused } = this.#init
    try {
      store.flush()
    } catch (error) {
      refused(error)
      return
    }
    const entries = [...this.#changed].map((log) => ({ device: log.device, ranges: log.held }))
    this.#changed.clear()
    for (let i = 0; i < entries.length || i === 0; i += maxHaveEntries)
      link.send({ type: 'have', channel, entries: entries.slice(i, i + maxHaveEntries) })
  }
}
