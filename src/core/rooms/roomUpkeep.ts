import { toHex } from '../codec/bytes.ts'
import { maxCounter } from '../event/event.ts'
import type { StoredEvent } from '../event/storedEvent.ts'
import { lackingEpochs } from '../room/lackingEpochs.ts'
import type { MemberRecord } from '../room/memberRecord.ts'
import { memberRecordOf } from '../room/memberRecord.ts'
import type { Cut, Operation, OperationId } from '../room/operation.ts'
import { cutsOf } from './cutsOf.ts'
import type { Room } from './room.ts'
import type { RoomContext } from './roomContext.ts'

export interface RoomUpkeepInit {
  readonly context: RoomContext
  readonly room: Room
}

/** What a member says in a room without anybody asking for it. */
export class RoomUpkeep {
  readonly #init: RoomUpkeepInit

  constructor(init: RoomUpkeepInit) {
    this.#init = init
  }

  get isDue(): boolean {
    return this.#operations().length > 0
  }

  /** Says it, as far as it is still due then. Resolves once that is on disk. */
  async run(): Promise<void> {
    const { context, room } = this.#init
    let events: readonly StoredEvent[] = []
    await context.committer.run(
      () => {
        events = room.speak(this.#operations())
      },
      () => {
        room.restore()
      },
    )
    room.log.written(events)
  }

  #operations(): Operation[] {
    const { context, room } = this.#init
    const { own, view, self, keys, log, replay } = room
    const { head } = log.own
    // What this device said last waits for what it came after: whatever is said now would wait behind it, and be due again.
    const isWaiting = head.seq > 0 && !replay.has(toHex(head.id) as OperationId)
    if (own === undefined || view.isDissolved || isWaiting) return []
    const member = memberRecordOf(context.account())
    const lacking = lackingEpochs(view, self, (epoch) => keys.get(epoch))
    return [
      ...(isSame(own.record, member) ? [] : [{ kind: 'profile' as const, member, cuts: this.#cutsOfFormer(member) }]),
      ...(lacking.length > 0 ? [{ kind: 'lacking' as const, epochs: lacking }] : []),
    ]
  }

  /**
   * Up to where the devices count that are not on one's list any more. Of one whose place this device took nobody knows
   * here how far it came: all that it wrote counts.
   */
  #cutsOfFormer(member: MemberRecord): readonly Cut[] {
    const { context, room } = this.#init
    const former = context.account().formerDevices.map(toHex)
    const isListed = (device: string): boolean => member.devices.some((one) => one.device === device)
    return cutsOf(room, member.person)
      .filter(({ device }) => !isListed(device))
      .map((cut) => (former.includes(cut.device) ? { ...cut, messages: maxCounter } : cut))
  }
}

function isSame(known: MemberRecord, current: MemberRecord): boolean {
  return (
    known.name === current.name &&
    known.version === current.version &&
    current.devices.every(({ device, addressSecret }) => {
      const present = known.devices.find((one) => one.device === device)?.addressSecret
      return addressSecret === undefined || (present?.every((byte, i) => byte === addressSecret[i]) ?? false)
    })
  )
}
