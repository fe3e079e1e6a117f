import { setImmediate as nextTurn } from 'node:timers/promises'
import type HyperDHT from 'hyperdht'
import type { Log } from '../core/ports/log.ts'
import { HyperdhtNode } from './hyperdhtNode.ts'

export interface OpenNodeInit extends Pick<HyperDHT.NodeOptions, 'bootstrap' | 'host'> {
  readonly relayCall: () => HyperDHT.ConnectOptions
  readonly log: Log
}

/** A node with its sockets open, or `undefined` when none could be opened. The caller destroys it. */
export async function openHyperdhtNode({ relayCall, log, ...places }: OpenNodeInit): Promise<HyperdhtNode | undefined> {
  // Whoever asks for it has just opened a store, and does more once it is there: others of this process get their turns.
  await nextTurn()
  // Tincan looks up and is found, but never stores or routes for strangers.
  const node = new HyperdhtNode({ ...places, ephemeral: true, connectionKeepAlive: false }, relayCall)
  try {
    await node.bind()
    await nextTurn()
    return node
  } catch (error) {
    log.error('No UDP socket could be opened', error)
    // A node that never had its sockets gives up its own destruction halfway.
    await Promise.allSettled([node.destroy({ force: true }), node.io.networkInterfaces.destroy()])
    return undefined
  }
}
