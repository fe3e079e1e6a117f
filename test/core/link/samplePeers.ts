/** Two people with a connection between them, for tests of what is said over it. */
import { concat } from '../../../src/core/codec/bytes.ts'
import { hash, keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { accountOf } from '../../../src/core/identity/account.ts'
import { signDeviceList } from '../../../src/core/identity/deviceList.ts'
import type { Introduction } from '../../../src/core/invite/introduction.ts'
import { introductionOf } from '../../../src/core/invite/introduction.ts'
import type { HelloFields } from '../../../src/core/link/hello.ts'
import type { Connection, KeyPair } from '../../../src/core/ports/transport.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'
import { MemoryConnection } from '../../doubles/memoryConnection.ts'

export interface SamplePeer {
  readonly root: KeyPair
  readonly device: KeyPair
  readonly deviceList: Uint8Array
  readonly hello: HelloFields
}

export function samplePeer(fill: number): SamplePeer {
  const root = keyPairFromSeed(new Uint8Array(32).fill(fill))
  const device = keyPairFromSeed(new Uint8Array(32).fill(fill + 1))
  const devices = [{ key: device.publicKey, addedAt: 1 }]
  const deviceList = signDeviceList({ version: 1, person: root.publicKey, devices }, root)
  const incarnation = new Uint8Array(8).fill(fill)
  return {
    root,
    device,
    deviceList,
    hello: { device: device.publicKey, deviceListBytes: deviceList, incarnation, now: 5 },
  }
}

/** How a sample peer of the name Zoë introduces itself. */
export function sampleIntroduction(fill: number): Introduction {
  const { root, device, deviceList } = samplePeer(fill)
  const secrets = {
    name: 'Zoë',
    rootSeed: root.secretKey.slice(0, 32),
    deviceSeed: device.secretKey.slice(0, 32),
    addressSecret: new Uint8Array(32).fill(3),
    deviceList,
    generation: 0,
    formerDevices: [],
  }
  return introductionOf(accountOf(secrets, new Uint8Array(32)), 5)
}

export interface SamplePair {
  readonly clock: FakeClock
  /** The dialling end, and the other one. */
  readonly near: MemoryConnection
  readonly far: MemoryConnection
}

/** An open connection; `salt` makes another one between the same keys. */
export function samplePair(salt = 0, highWaterBytes = 1_000_000): SamplePair {
  const clock = new FakeClock()
  const [localPublicKey, remotePublicKey] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)]
  const half = hash(new Uint8Array([salt]))
  const wire = { clock, highWaterBytes, delayMs: () => 0, isPassing: () => true }
  const ends = { handshakeHash: concat(half, half), localPublicKey, remotePublicKey }
  const near = new MemoryConnection({ ...ends, isInitiator: true }, wire)
  const swapped = { localPublicKey: remotePublicKey, remotePublicKey: localPublicKey }
  const far = new MemoryConnection({ ...ends, ...swapped, isInitiator: false }, wire)
  MemoryConnection.join(near, far)
  return { clock, near, far }
}

/** The same end with one thing about it changed. */
export function changedEnd(end: Connection, changes: Partial<Connection>): Connection {
  const { isInitiator, handshakeHash, localPublicKey, remotePublicKey } = end
  return { ...(end as object), isInitiator, handshakeHash, localPublicKey, remotePublicKey, ...changes } as Connection
}
