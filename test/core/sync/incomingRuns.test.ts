import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../../../src/core/codec/bytes.ts'
import { encodeRun } from '../../../src/core/event/run.ts'
import { IncomingRuns } from '../../../src/core/sync/incomingRuns.ts'
import { sampleChain, sampleRun } from '../event/sampleLog.ts'

const chain = sampleChain(3)
const runs = chain.map((event) => sampleRun([event]))

function filled(): IncomingRuns {
  const incoming = new IncomingRuns()
  for (const run of runs) incoming.add(encodeRun(run))
  return incoming
}

test('runs come out oldest first, as they were', () => {
  const incoming = filled()
  assert.deepEqual(incoming.take(2), runs.slice(0, 2))
  assert.equal(incoming.count, 1)
  assert.deepEqual(incoming.take(2), runs.slice(2))
  assert.deepEqual([incoming.count, incoming.take(2)], [0, []])
})

test('whose they are is known before they are read', () => {
  const incoming = filled()
  const device = toHex((runs[0] as (typeof runs)[number]).device)
  assert.equal(
    incoming.some((other) => other === device),
    true,
  )
  assert.equal(
    incoming.some((other) => other !== device),
    false,
  )
  incoming.clear()
  assert.deepEqual([incoming.count, incoming.some(() => true)], [0, false])
})

test('one that cannot be read spoils those taken with it', () => {
  const incoming = filled()
  const [bytes] = runs.map((run) => encodeRun(run))
  incoming.add((bytes as Uint8Array).subarray(1))
  assert.equal(incoming.take(4), undefined)
})
