/** What only the window that leads loads: the network, and the core. */
export { startNodeChat } from '../../node/openNodeChat.ts'
export { parseRelayKey } from '../../node/relayKey.ts'
