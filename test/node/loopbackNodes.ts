import { after, before } from 'node:test'
import HyperDHT from 'hyperdht'
import type { KeyPair } from '../../src/core/ports/transport.ts'
import { type HyperdhtOptions, HyperdhtTransport } from '../../src/node/hyperdhtTransport.ts'
import { type LoopbackDht, openLoopbackDht } from '../doubles/loopbackDht.ts'
import { RecordingLog } from '../doubles/recordingLog.ts'

/** Transports and plain nodes on a loopback DHT of the test file that asks for them; all gone when its tests are over. */
export interface LoopbackNodes {
  /** Of every transport. */
  readonly log: RecordingLog
  /** Once the tests have begun. */
  readonly bootstrap: LoopbackDht['bootstrap']
  /** A HyperDHT node without anything of ours. */
  readonly ownNode: () => HyperDHT
  readonly start: (more?: Partial<HyperdhtOptions>) => Promise<HyperdhtTransport>
}

export function useLoopbackNodes(): LoopbackNodes {
  let dht: LoopbackDht | undefined
  const log = new RecordingLog()
  const transports: HyperdhtTransport[] = []
  const nodes: HyperDHT[] = []
  before(async () => {
    dht = await openLoopbackDht()
  })
  after(async () => {
    await Promise.all(transports.map((transport) => transport.dispose()))
    await Promise.all(nodes.map((node) => node.destroy({ force: true })))
    await dht?.dispose()
  })
  const bootstrap = (): LoopbackDht['bootstrap'] => {
    if (dht === undefined) throw new Error('The tests have not begun')
    return dht.bootstrap
  }
  return {
    log,
    get bootstrap() {
      return bootstrap()
    },
    ownNode() {
      const node = new HyperDHT({ bootstrap: bootstrap(), host: '127.0.0.1' })
      nodes.push(node)
      return node
    },
    async start(more = {}) {
      const options = { host: '127.0.0.1', lanOnly: false, shareLanAddresses: false, log, ...more }
      const transport = new HyperdhtTransport({ bootstrap: bootstrap(), ...options })
      transports.push(transport)
      await transport.start()
      return transport
    },
  }
}

/** A key pair as HyperDHT takes it. */
export const buffers = ({ publicKey, secretKey }: KeyPair) => ({
  publicKey: Buffer.from(publicKey),
  secretKey: Buffer.from(secretKey),
})
