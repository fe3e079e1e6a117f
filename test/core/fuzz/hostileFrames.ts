import assert from 'node:assert/strict'
import { decodeBody } from '../../../src/core/body/messageBody.ts'
import { noPrevious } from '../../../src/core/event/event.ts'
import { parseDeviceList } from '../../../src/core/identity/deviceList.ts'
import { parseAnswer, parseJoin } from '../../../src/core/invite/inviteMessage.ts'
import { decodeFrame, encodeFrame, type Frame } from '../../../src/core/link/frame.ts'
import { decodeHello, encodeHello } from '../../../src/core/link/hello.ts'
import { decodePacket, encodePackets } from '../../../src/core/link/packet.ts'
import type { SeededRandom } from '../../doubles/seededRandom.ts'
import { count } from '../../record/tally.ts'
import { Insider } from '../chat/insider.ts'
import { World } from '../chat/world.ts'
import { sampleChain, sampleRun } from '../event/sampleLog.ts'
import { samplePair, samplePeer } from '../link/samplePeers.ts'
import { mutateBytes } from './mutateBytes.ts'

const device = new Uint8Array(32).fill(3)
const frames: readonly Frame[] = [
  { type: 'ping', nonce: 7 },
  { type: 'pong', nonce: 70_000 },
  { type: 'profile', name: 'Zoë', deviceList: samplePeer(5).deviceList, addressSecret: device },
  { type: 'open', channel: 1, token: device },
  {
    type: 'have',
    channel: 0,
    entries: [
      {
        device,
        ranges: [
          { from: 1, to: 5 },
          { from: 9, to: 2 ** 40 },
        ],
      },
    ],
  },
  { type: 'want', channel: 0, device, from: 2, to: 9 },
  { type: 'credit', channel: 0, count: 16 },
  { type: 'done', channel: 0, device },
  { type: 'run', channel: 0, run: sampleRun(sampleChain(3)) },
  { type: 'bye', reason: 'leaving' },
]

/** Feeds `tries` mutated frames, packets, hellos, joins and bodies to what reads them: each is read again as it was, or is nothing. */
export function tryHostileBytes(random: SeededRandom, tries: number): void {
  const { near, far } = samplePair()
  const peer = samplePeer(5)
  const encoded = frames.map(encodeFrame)
  const hello = encodeHello(peer.hello, peer.device.secretKey, near)
  const samples = [...encoded, ...encodePackets(encoded), hello, peer.deviceList]
  const readers: readonly ((bytes: Uint8Array) => void)[] = [
    (bytes) => {
      const read = decodeFrame(bytes)
      if (read !== undefined && read !== 'unknown') assert.deepEqual(decodeFrame(encodeFrame(read)), read)
    },
    (bytes) => {
      for (const frame of decodePacket(bytes) ?? []) assert.ok(frame.length > 0)
    },
    (bytes) => assert.ok(decodeHello(bytes, far) === undefined || Buffer.compare(bytes, hello) === 0),
    (bytes) => assert.equal(parseJoin(bytes, device, far).kind === 'ok', false),
    (bytes) => void parseAnswer(bytes, device, device),
    (bytes) => void parseDeviceList(bytes),
    (bytes) => void decodeBody(bytes),
  ]
  for (let i = 0; i < tries; i++)
    (readers[i % readers.length] as (typeof readers)[number])(mutateBytes(random, samples))
  count({ badInputs: tries })
}

/**
 * A contact sends `tries` mutated frames in whole packets, over as many links as it takes: whatever they are, they add
 * nothing to the conversation, and the other contact is served in the end.
 */
export async function sendHostileFrames(random: SeededRandom, tries: number): Promise<void> {
  const world = new World(random.below(1_000_000))
  const { alice, bob, conversation } = await world.pair()
  const carol = await world.person('Carol')
  const other = await world.befriend(alice, carol)
  await alice.send(conversation, 'what was there before')
  await world.clock.advance(500)
  let insider: Insider | undefined
  for (let i = 0; i < tries; i++) {
    if (insider === undefined || insider.link.isClosed) {
      // Calls are answered every two seconds.
      await world.clock.advance(4_000)
      insider = await Insider.takeOver(world, bob, alice)
    }
    const own = insider.write({ text: 'never signed so', seq: 1, previous: noPrevious, clock: 9 }).run
    const signature = new Uint8Array(64)
    const run = encodeFrame({ type: 'run', channel: 0, run: { ...own, signature } })
    const bytes = mutateBytes(random, [...frames.map(encodeFrame), run])
    if (bytes.length > 0) for (const packet of encodePackets([bytes])) insider.link.connection.send(packet)
    await world.clock.advance(30)
  }
  count({ badInputs: tries })
  await carol.send(other, 'still served')
  await world.clock.advance(2_000)
  assert.deepEqual(await alice.texts(conversation), ['what was there before'])
  assert.deepEqual(await alice.texts(other), ['still served'])
  assert.deepEqual(
    alice.log.entries.filter(({ level }) => level === 'error'),
    [],
  )
}
