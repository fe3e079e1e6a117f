import { chatError } from '../shared/chatError.ts'

/** Says whether this process is still the one that may write. */
export interface Fence {
  isCurrent(): boolean
}

/** Throws `leader-changed` where this process may not write any more. */
export function mayWrite(fence: Fence): void {
  if (!fence.isCurrent()) throw chatError('leader-changed')
}

/** For whoever knows that nobody else opens the file. */
export const unfenced: Fence = { isCurrent: () => true }
