import type { DeviceId } from '../../shared/ids.ts'
import type { RoomView } from './roomView.ts'

/**
 * Whether a message counts, by the device and the seq of its event: its author could write then. What is not valid is
 * kept and passed on, but neither shown nor counted.
 */
export function isMessageValid({ devices }: RoomView, device: DeviceId, seq: number): boolean {
  const spans = devices.get(device)?.messages ?? []
  return spans.some(({ from, to }) => from <= seq && (to === undefined || seq <= to))
}
