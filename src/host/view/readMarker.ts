import type { MessageId } from '../../shared/ids.ts'

/**
 * Decides when a conversation counts as read: the view says how far its user could have read, and only while somebody can be
 * looking at it (the view visible, the window focused) is that passed on. Markers only move forward.
 */
export interface ReadMarker {
  /** The view showed everything up to here. */
  offer(upTo: MessageId): void
  /** Whether somebody can be looking now. */
  setAttentive(isAttentive: boolean): void
}

export function createReadMarker(mark: (upTo: MessageId) => void): ReadMarker {
  let isAttentive = false
  let offered: MessageId | undefined
  let marked: MessageId | undefined
  const settle = (): void => {
    if (!isAttentive || offered === undefined) return
    if (marked !== undefined && offered <= marked) return
    marked = offered
    mark(offered)
  }
  return {
    offer(upTo) {
      if (offered === undefined || upTo > offered) offered = upTo
      settle()
    },
    setAttentive(value) {
      isAttentive = value
      settle()
    },
  }
}
