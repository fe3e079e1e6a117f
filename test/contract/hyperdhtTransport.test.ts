import { HyperdhtTransport } from '../../src/node/hyperdhtTransport.ts'
import { openLoopbackDht } from '../doubles/loopbackDht.ts'
import { RecordingLog } from '../doubles/recordingLog.ts'
import { transportContract } from './transportContract.ts'

transportContract('HyperdhtTransport', async () => {
  const dht = await openLoopbackDht()
  const { bootstrap } = dht
  const options = { bootstrap, host: '127.0.0.1', lanOnly: false, shareLanAddresses: false, log: new RecordingLog() }
  return { createTransport: () => new HyperdhtTransport(options), dispose: () => dht.dispose() }
})
