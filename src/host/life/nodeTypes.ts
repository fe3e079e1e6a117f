/** What the host names of the layer below without loading it: types alone. */
export type { JoinProfile, Membership, Obstacle } from '../../node/windows/joinProfile.ts'
export type { Attention, Standing } from '../../node/windows/windowMessages.ts'
