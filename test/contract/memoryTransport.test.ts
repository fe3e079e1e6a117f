import { nodeClock } from '../../src/node/nodeClock.ts'
import { MemoryNetwork } from '../doubles/memoryNetwork.ts'
import { transportContract } from './transportContract.ts'

transportContract('MemoryTransport', async () => {
  const network = new MemoryNetwork({ clock: nodeClock })
  return { createTransport: () => network.createTransport(), dispose: async () => undefined }
})
