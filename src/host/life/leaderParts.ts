/** What only the window that leads loads: the network, and the core. */
export { openNodeChat } from '../../node/openNodeChat.ts'
export { parseRelayKey } from '../../node/relayKey.ts'
