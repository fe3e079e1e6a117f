import assert from 'node:assert/strict'
import { test } from 'node:test'
import { greet, helloTimeoutMs, type GreetingResult } from '../../../src/core/link/greeting.ts'
import { encodeHello } from '../../../src/core/link/hello.ts'
import { encodePackets } from '../../../src/core/link/packet.ts'
import { samplePair, samplePeer, type SamplePair } from './samplePeers.ts'

const alice = samplePeer(10)
const bob = samplePeer(20)

/** Alice greets on the near end; what became of it. */
function greetNear({ near, clock }: SamplePair): GreetingResult[] {
  const results: GreetingResult[] = []
  greet(near, alice.hello, alice.device.secretKey, clock, (result) => results.push(result))
  return results
}
const whyOf = (results: readonly GreetingResult[]): string[] =>
  results.map((result) => (result.kind === 'failed' ? result.why : result.kind))

test('both sides learn who the other is', async () => {
  const pair = samplePair()
  const near = greetNear(pair)
  const far: GreetingResult[] = []
  greet(pair.far, bob.hello, bob.device.secretKey, pair.clock, (result) => far.push(result))
  await pair.clock.settle()
  const [[one], [other]] = [near, far]
  assert.ok(one?.kind === 'greeted' && other?.kind === 'greeted')
  assert.deepEqual(one.hello.device, bob.device.publicKey)
  assert.deepEqual(other.hello.device, alice.device.publicKey)
  assert.equal(pair.clock.pendingTimers, 0)
})

test('silence is given up after five seconds', async () => {
  const pair = samplePair()
  const results = greetNear(pair)
  await pair.clock.advance(helloTimeoutMs - 1)
  assert.deepEqual(results, [])
  await pair.clock.advance(1)
  assert.deepEqual(whyOf(results), ['timeout'])
  await pair.clock.settle()
  assert.equal(pair.near.isClosed && pair.far.isClosed, true)
  assert.equal(helloTimeoutMs, 5_000)
})

test('a connection that closes is no greeting', async () => {
  const pair = samplePair()
  const results = greetNear(pair)
  pair.far.destroy()
  await pair.clock.advance(10_000)
  assert.deepEqual(whyOf(results), ['closed'])
})

const right = (pair: SamplePair): Uint8Array => encodeHello(bob.hello, bob.device.secretKey, pair.far)
for (const [what, messages] of [
  ['garbage', () => [new Uint8Array([1, 2, 3])]],
  ['an empty message', () => [new Uint8Array()]],
  ['two frames', (pair) => encodePackets([right(pair), right(pair)])],
  ['a hello for another connection', (_pair) => encodePackets([right(samplePair(1))])],
  ['a hello that is not signed', (pair) => encodePackets([right(pair).fill(0, 0, 64)])],
] satisfies [string, (pair: SamplePair) => Uint8Array[]][])
  test(`${what} as the first message ends the connection`, async () => {
    const pair = samplePair()
    const results = greetNear(pair)
    for (const message of messages(pair)) pair.far.send(message)
    for (const message of encodePackets([right(pair)])) pair.far.send(message)
    await pair.clock.settle()
    assert.deepEqual(whyOf(results), ['invalid'])
    assert.equal(pair.near.isClosed, true)
    assert.equal(pair.clock.pendingTimers, 0)
  })

test('what follows the hello in the same turn reaches whoever takes over', async () => {
  const pair = samplePair()
  const later: Uint8Array[] = []
  greet(pair.near, alice.hello, alice.device.secretKey, pair.clock, () => {
    pair.near.onMessage = (message) => later.push(message)
  })
  for (const message of encodePackets([right(pair)])) pair.far.send(message)
  pair.far.send(new Uint8Array([7]))
  await pair.clock.settle()
  assert.deepEqual(later, [new Uint8Array([7])])
})
