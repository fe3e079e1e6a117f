import { idBytes } from '../codec/bytes.ts'
import { epochIdOf } from '../conversation/epochs.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { currentEpoch, isRekeyDue, isWorn } from '../room/currentEpoch.ts'
import { deviceHint, openKeys, type HeldKey } from '../room/keyBox.ts'
import type { ControlEvent, EpochId } from '../room/operation.ts'
import { startEpoch } from '../room/rekey.ts'
import { messageKeyOf } from '../room/roomKeys.ts'
import type { RoomEpoch, RoomView } from '../room/roomView.ts'
import type { Room } from './room.ts'
import type { RoomContext } from './roomContext.ts'

/** The most boxes that wait for a key; of more, the oldest are forgotten until the next start. */
const maxClosed = 256

/** Sees to it that a room is written in under keys that exactly its members hold. */
export class EpochKeeper {
  readonly #context: RoomContext
  readonly #room: Room
  /** Boxes for this device that it cannot open yet: each is bound to an epoch whose key may come later. */
  #closed: readonly { readonly epoch: EpochId; readonly sealed: Uint8Array }[] = []
  #isRenewing = false
  #current: { readonly view: RoomView; readonly epoch: RoomEpoch | undefined } | undefined
  #count: { readonly epoch: EpochId; messages: number } | undefined

  constructor({ context, room }: { readonly context: RoomContext; readonly room: Room }) {
    this.#context = context
    this.#room = room
    room.messages.onDidAppend(({ events }) => {
      if (this.#count !== undefined) this.#count.messages += events.length
    })
  }

  /** The epoch to speak in: that of the members alone; else the newest whose room log key this device holds. */
  get newestControl(): EpochId {
    const { view, keys } = this.#room
    const current = this.#usable()
    if (current !== undefined) return current.id
    const held = view.epochs.findLast(({ id }) => keys.get(id) !== undefined)?.id
    const newest = held ?? [...keys.epochs].at(-1)
    if (newest === undefined) throw new Error('No key of this room is held')
    return newest
  }

  /** Takes up the keys that are sealed to this device in these events. True: there were some. */
  open(events: Iterable<ControlEvent>): boolean {
    const own = this.#context.account().identity.device
    for (const { content } of events) {
      if ('unreadable' in content || content.operation.kind !== 'rekey') continue
      const { epoch, boxes } = content.operation
      const hint = deviceHint(epoch, own)
      const box = boxes.find((candidate) => candidate.hint === hint)
      if (box !== undefined) this.#closed = [...this.#closed, { epoch, sealed: box.sealed }]
    }
    let hasOpened = false
    // One may be bound to a key that is in another.
    for (let count = -1; count !== this.#closed.length;) {
      count = this.#closed.length
      this.#closed = this.#closed.filter(({ epoch, sealed }) => {
        const { id, keys } = this.#room
        const opened = openKeys(id, epoch, sealed, this.#context.account().device, (one) => keys.get(one))
        if (opened === undefined) return true
        for (const key of [...opened.earlier, { kind: 'whole' as const, bytes: opened.key }])
          if (this.#take(key)) hasOpened = true
        return false
      })
    }
    this.#closed = this.#closed.slice(-maxClosed)
    return hasOpened
  }

  /** The same for what is on disk, but for keys that are held, or were. */
  reopen(events: readonly ControlEvent[]): boolean {
    const isNew = ({ content }: ControlEvent): boolean =>
      'operation' in content &&
      content.operation.kind === 'rekey' &&
      this.#room.keys.get(content.operation.epoch) === undefined
    return this.open(events.filter(isNew))
  }

  #take(key: HeldKey): boolean {
    if (!this.#room.keys.add(key)) return false
    this.#context.committer
      .run(() => {
        this.#room.keys.keep(key)
      })
      .catch((error: unknown) => {
        // It is opened again at the next start.
        this.#context.log.error('A key of a room could not be kept', error)
      })
    return true
  }

  /** The epoch that messages are sealed in, as they name it. Throws where there is none: `prepare` comes before. */
  get messageEpoch(): Uint8Array {
    const epoch = this.#usable()
    const key = epoch && this.#room.keys.get(epoch.id)
    if (key?.kind !== 'whole') throw new Error('There is no epoch to write in')
    return epochIdOf(messageKeyOf(this.#room.id, key.bytes))
  }

  /** Before messages are written: begins a new epoch in the same transaction where one is due. */
  prepare(): void {
    const { clock, committer } = this.#context
    const { view, self, keys } = this.#room
    const epoch = this.#usable()
    const isWrong = epoch === undefined || isRekeyDue(view, self, (one) => keys.get(one))
    const isFresh = !isWrong && !isWorn(epoch, clock.now(), this.#messagesIn(epoch))
    if (isFresh || this.#isRenewing) return
    this.#isRenewing = true
    let events: StoredEvent[] = []
    committer.add({
      apply: () => {
        this.#isRenewing = false
        events = this.#renew()
      },
      done: () => {
        this.#room.log.written(events)
      },
      failed: () => {
        this.#isRenewing = false
        this.#room.restore()
      },
    })
  }

  /** Begins a new epoch where one has to come before anything else is written, inside a transaction of the caller. */
  renewIfDue(): StoredEvent[] {
    const { view, self, keys } = this.#room
    return isRekeyDue(view, self, (epoch) => keys.get(epoch)) ? this.#renew() : []
  }

  #renew(): StoredEvent[] {
    const { id, replay, keys } = this.#room
    const epoch = startEpoch({ room: id, replay, held: (earlier) => keys.get(earlier), random: this.#context.random })
    this.#room.keepKey({ kind: 'whole', bytes: epoch.key })
    return this.#room.write(epoch.operations)
  }

  /** Which epoch to write in changes with the view alone, and with the keys that come with it. */
  #usable(): RoomEpoch | undefined {
    const { view, keys } = this.#room
    if (this.#current?.view !== view) this.#current = { view, epoch: currentEpoch(view) }
    const { epoch } = this.#current
    return epoch && keys.get(epoch.id)?.kind === 'whole' ? epoch : undefined
  }

  /** How many messages were written since an epoch began, as far as they are here. */
  #messagesIn({ id, operation }: RoomEpoch): number {
    if (this.#count?.epoch === id) return this.#count.messages
    const { view, messages } = this.#room
    const line = view.lines.find((candidate) => candidate.id === operation)
    const count = line === undefined ? 0 : messages.timeline.countAfter({ clock: line.clock, id: idBytes(line.id) })
    this.#count = { epoch: id, messages: count }
    return count
  }
}
