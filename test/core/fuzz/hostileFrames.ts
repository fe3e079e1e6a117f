import assert from 'node:assert/strict'
import { decodeBody, encodeBody, type WireBody } from '../../../src/core/body/messageBody.ts'
import { decodeNotice } from '../../../src/core/conversation/noticeBody.ts'
import { decodeLetter, encodeLetter } from '../../../src/core/letter/letter.ts'
import { decodeStatement } from '../../../src/core/room/statementCodec.ts'
import { readWelcome } from '../../../src/core/rooms/roomWelcome.ts'
import { aroundIdBytes } from '../../../src/core/signals/signal.ts'
import type { MessageId } from '../../../src/shared/ids.ts'
import { noPrevious } from '../../../src/core/event/event.ts'
import { encodeRun } from '../../../src/core/event/run.ts'
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
  { type: 'run', channel: 0, run: encodeRun(sampleRun(sampleChain(3))) },
  { type: 'bye', reason: 'leaving' },
  { type: 'keepsake', secret: device, token: device },
  {
    type: 'letter',
    body: encodeLetter({ type: 'introduce', request: device.subarray(0, 16), introduced: device, name: 'Zoë' }),
  },
  { type: 'letter', body: encodeLetter({ type: 'lost', token: device }) },
  { type: 'typing', channel: 0, isTyping: true },
  { type: 'read', channel: 0, upTo: { clock: 9, id: device } },
  { type: 'around', channel: 0, members: [{ id: device.subarray(0, aroundIdBytes), agoSeconds: 3 }] },
  { type: 'presence', isLastSeenShown: true },
]
const message = 'a0'.repeat(38) as MessageId
const bodies: readonly WireBody[] = [
  { kind: 'text', text: 'hé', replyTo: message, forwarded: true },
  { kind: 'patch', text: '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n', title: 'T', git: { branch: 'b' } },
  { kind: 'patch-result', patch: message, outcome: 'partly-applied', hunks: { applied: 1, of: 2 } },
  { kind: 'edit', message, text: 'hé' },
  { kind: 'erase', message, edits: [message] },
  { kind: 'reaction', message, emoji: ['👍', '🎉'] },
]

/** Feeds `tries` mutated frames, packets, hellos, joins and bodies to what reads them: each is read again as it was, or is nothing. */
export function tryHostileBytes(random: SeededRandom, tries: number): void {
  const { near, far } = samplePair()
  const peer = samplePeer(5)
  const encoded = frames.map((frame) => encodeFrame(frame))
  const hello = encodeHello(peer.hello, peer.device.secretKey, near)
  const letters = frames.flatMap((frame) => (frame.type === 'letter' ? [frame.body] : []))
  const written = [...letters, ...bodies.map((body) => encodeBody(body).slice())]
  const samples = [...encoded, ...encodePackets(encoded), hello, peer.deviceList, ...written]
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
    (bytes) => {
      const read = decodeBody(bytes)
      if (read.kind !== 'unreadable') assert.deepEqual(decodeBody(encodeBody(read).slice()), read)
    },
    (bytes) => {
      const read = decodeLetter(bytes)
      if (read !== undefined) assert.deepEqual(decodeLetter(encodeLetter(read)), read)
    },
    (bytes) => void readWelcome(bytes),
    (bytes) => void decodeStatement(bytes, false),
    (bytes) => void decodeStatement(bytes, true),
    (bytes) => void decodeNotice(bytes, device),
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
    const said = insider.writeBody(encodeBody(random.pick(bodies)), { seq: 1, previous: noPrevious, clock: 9 }).run
    const runs = [own, said].map((run) =>
      encodeFrame({ type: 'run', channel: 0, run: encodeRun({ ...run, signature }) }),
    )
    const bytes = mutateBytes(random, [...frames.map((frame) => encodeFrame(frame)), ...runs])
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
