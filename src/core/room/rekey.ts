/** How a member begins a new epoch. */
import type { DeviceId } from '../../shared/ids.ts'
import { keyBytes } from '../crypto/primitives.ts'
import { maxBodyBytes } from '../event/event.ts'
import type { Random } from '../ports/random.ts'
import { wasGiven } from './currentEpoch.ts'
import { deviceHint, hintBytes, sealKeys, type Bond, type HeldKey } from './keyBox.ts'
import { maxBoxes, maxEarlier, type EpochId, type KeyBox, type Operation, type OperationId } from './operation.ts'
import type { RoomReplay } from './replay.ts'
import { controlKeyOf, roomEpochId } from './roomKeys.ts'
import type { MemberStanding } from './roomView.ts'

/** The most bytes of the boxes in one operation: with the rest of it they fit an event. */
const maxOperationBytes = maxBodyBytes - 4096

export interface RekeyInit {
  readonly room: Uint8Array
  readonly replay: RoomReplay
  /** What this device holds of an epoch, if anything. */
  readonly held: (epoch: EpochId) => HeldKey | undefined
  readonly random: Random
}

/** A new epoch: its key, and what to write into the control log for it, one operation unless the room is very large. */
export interface NewEpoch {
  readonly id: EpochId
  readonly key: Uint8Array
  readonly operations: readonly Extract<Operation, { kind: 'rekey' }>[]
}

/**
 * A fresh key, sealed for every device of every member. Those who joined while others began epochs find the keys of
 * these in their boxes as well, and so do those who said that they lack some: as a whole, or for the control log alone
 * where they are not to read what was written before they came.
 */
export function startEpoch(init: RekeyInit): NewEpoch {
  const { room, replay, random } = init
  const key = random.bytes(keyBytes)
  const id = roomEpochId(controlKeyOf(room, key))
  const keysFor = earlierKeys(init)
  const sealed: SealedBox[] = []
  for (const member of replay.view.members.values())
    for (const { device } of member.record.devices) {
      const earlier = keysFor(member, device)
      const content = { key, earlier: earlier.map(({ held }) => held) }
      const box = sealKeys(id, device, content, random.bytes(keyBytes), bondOf(init, member, device))
      if (box !== undefined) sealed.push({ box, earlier: earlier.map(({ epoch }) => epoch) })
    }
  return { id, key, operations: inBounds(sealed, id) }
}

/** The newest epoch that a device is known to hold, and that is held here: the new key is of no use without it. */
function bondOf({ replay, held }: RekeyInit, member: MemberStanding, device: DeviceId): Bond | undefined {
  const epoch = replay.view.epochs
    .slice(-maxEarlier)
    .findLast(
      ({ id, hints }) =>
        (hints.has(deviceHint(id, device)) || wasGiven(id, member, device)) &&
        !member.lacking.includes(id) &&
        held(id)?.kind === 'whole',
    )
  const key = epoch && held(epoch.id)
  return key && { epoch: epoch.id, key: key.bytes }
}

interface EarlierKey {
  readonly epoch: EpochId
  readonly held: HeldKey
}

interface SealedBox {
  readonly box: KeyBox
  readonly earlier: readonly EpochId[]
}

/** Of the newest epochs, which keys somebody may have and does not. */
function earlierKeys({
  room,
  replay,
  held,
}: RekeyInit): (member: MemberStanding, device: DeviceId) => readonly EarlierKey[] {
  const { epochs, voidEpochs } = replay.view
  const newest = [...voidEpochs, ...epochs].slice(-maxEarlier)
  const known = newest.map((epoch) => {
    let later: ReadonlySet<OperationId> | undefined
    /** Whether somebody joined after this epoch had begun, and so was given its key in the welcome. */
    return { epoch, wasThere: ({ joined }: MemberStanding) => (later ??= replay.after(epoch.operation)).has(joined) }
  })
  return (member, device) => {
    const lacking = new Set(member.lacking)
    const handed = new Set(
      newest.flatMap(({ id, hints, earlier }) => (hints.has(deviceHint(id, device)) ? [id, ...earlier] : [])),
    )
    return known.flatMap(({ epoch: { id }, wasThere }) => {
      if (!lacking.has(id) && (handed.has(id) || wasThere(member))) return []
      const key = held(id)
      if (key === undefined) return []
      const isReadable = key.kind === 'control' || member.history === 'all' || !wasThere(member)
      return [{ epoch: id, held: isReadable ? key : { kind: 'control', bytes: controlKeyOf(room, key.bytes) } }]
    })
  }
}

/** As few operations as fit into an event each. */
function inBounds(sealed: readonly SealedBox[], epoch: EpochId): NewEpoch['operations'] {
  const operations: { kind: 'rekey'; epoch: EpochId; earlier: EpochId[]; boxes: KeyBox[] }[] = []
  let bytes = Infinity
  for (const { box, earlier } of sealed) {
    const boxBytes = hintBytes + 3 + box.sealed.length
    let last = operations.at(-1)
    if (last === undefined || bytes + boxBytes > maxOperationBytes || last.boxes.length === maxBoxes) {
      last = { kind: 'rekey', epoch, earlier: [], boxes: [] }
      operations.push(last)
      bytes = 0
    }
    last.boxes.push(box)
    last.earlier = [...new Set([...last.earlier, ...earlier])]
    bytes += boxBytes
  }
  return operations
}
