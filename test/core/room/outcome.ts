import assert from 'node:assert/strict'
import type { ControlEvent } from '../../../src/core/room/operation.ts'
import { RoomReplay, replay } from '../../../src/core/room/replay.ts'
import type { RefusalReason, RoomView } from '../../../src/core/room/roomView.ts'
import { SeededRandom } from '../../doubles/seededRandom.ts'
import { contentOf, type SimulatedMember, type WrittenEvent } from './simulatedMember.ts'

/** What all events of these members come to for somebody who holds every key, in whatever order they arrive. */
export function outcome(members: readonly SimulatedMember[], orders = 20): RoomView {
  const [first] = members
  assert.ok(first)
  const events = [...new Map(members.flatMap(({ events }) => [...events])).values()].map(readable)
  const whole = replay(first.room, events)
  const random = new SeededRandom(1)
  for (let i = 0; i < orders; i++) assert.deepEqual(arriveShuffled(first.room, events, random), whole)
  return whole
}

/** The view when events arrive in some order, in some portions. */
function arriveShuffled(room: Uint8Array, events: readonly ControlEvent[], random: SeededRandom): RoomView {
  const left = [...events]
  const arriving = new RoomReplay(room)
  while (left.length > 0) {
    const portion: ControlEvent[] = []
    const size = 1 + random.below(3)
    while (portion.length < size && left.length > 0) portion.push(...left.splice(random.below(left.length), 1))
    arriving.add(portion)
  }
  return arriving.view
}

export function readable(event: WrittenEvent): ControlEvent {
  return { ...event, content: contentOf(event) }
}

/** Names and roles of those who belong, in the order of joining. */
export function rolesOf(view: RoomView): readonly string[] {
  return [...view.members.values()].map(({ record, role }) => `${record.name}: ${role}`)
}

/** Why an operation has no effect; `undefined` if it has. */
export function refusal(view: RoomView, event: WrittenEvent): RefusalReason | undefined {
  return view.refused.find(({ operation }) => operation === event.id)?.reason
}
