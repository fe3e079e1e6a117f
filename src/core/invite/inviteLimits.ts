export const defaultExpiryMs = 24 * 60 * 60 * 1000
export const minExpiryMs = 1_000
export const maxExpiryMs = 30 * 24 * 60 * 60 * 1000
/** Each open invite is announced to the network: the number of those that still wait is bounded. */
export const maxLiveInvites = 32
/** Ended invites still answer late callers for this long after their expiry, and are forgotten then. */
export const lingerMs = 60 * 60 * 1000
