/** Everything that loads native add-ons, the network or SQLite, in one module that is loaded only when it is needed. */
export { prepareDataDirectory } from '../../node/dataDirectory.ts'
export { openNodeChat } from '../../node/openNodeChat.ts'
export { waitForProfileLock } from '../../node/profileLock.ts'
export { parseRelayKey } from '../../node/relayKey.ts'
