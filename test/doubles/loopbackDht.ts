import createTestnet from 'hyperdht/testnet.js'

/** A private DHT on 127.0.0.1. */
export interface LoopbackDht {
  /** What a node of this DHT is given as its bootstrap list. */
  readonly bootstrap: readonly { readonly host: string; readonly port: number }[]
  dispose(): Promise<void>
}

/** With fewer nodes than this, most connections are found dead: the shortcut over the LAN races the hole punch. */
const leastNodes = 6

/** Starts a DHT that nobody outside this machine can reach. The caller disposes it, after the nodes that use it. */
export async function openLoopbackDht(nodes: number = leastNodes): Promise<LoopbackDht> {
  const testnet = await createTestnet(Math.max(nodes, leastNodes), { host: '127.0.0.1' })
  return { bootstrap: testnet.bootstrap, dispose: () => testnet.destroy() }
}
