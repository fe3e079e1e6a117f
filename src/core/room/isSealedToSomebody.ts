import { deviceHint } from './keyBox.ts'
import type { Operation } from './operation.ts'
import type { RoomView } from './roomView.ts'

/** Whether a member can open one of the boxes. */
export function isSealedToSomebody(
  members: RoomView['members'],
  { epoch, boxes }: Extract<Operation, { kind: 'rekey' }>,
): boolean {
  const hints = new Set(boxes.map(({ hint }) => hint))
  for (const { record } of members.values())
    if (record.devices.some(({ device }) => hints.has(deviceHint(epoch, device)))) return true
  return false
}
