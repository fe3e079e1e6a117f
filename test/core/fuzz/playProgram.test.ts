import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { Model } from './model.ts'
import { playProgram } from './playProgram.ts'
import { readProgram } from './program.ts'

test('whatever happens to three people, what was acknowledged is with both sides in the end, once and in one order', async (t) => {
  const seed = Number(process.env['TINCAN_SEED'] ?? randomInt(2 ** 31))
  t.diagnostic(`seed ${seed} (set TINCAN_SEED to repeat it)`)
  const bytes = fc.uint8Array({ minLength: 20, maxLength: 200, size: 'max' })
  await fc.assert(
    fc.asyncProperty(fc.nat(1_000_000), bytes, (worldSeed, program) => playProgram(worldSeed, program)),
    { seed, numRuns: 200, interruptAfterTimeLimit: 100_000 },
  )
})

test('any bytes are a program, and every kind of step is in some', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), (bytes) => {
      for (const { type } of readProgram(bytes)) seen.add(type)
    }),
  )
  assert.equal(seen.size, 19)
})

test('the model knows what is lost, doubled, invented and out of order', () => {
  const model = new Model()
  const [first, second, third] = [model.write('a', 'c'), model.write('a', 'c'), model.write('a', 'c')]
  model.acknowledge('a', 'c', first)
  model.acknowledge('a', 'c', second)
  const good = { lost: [], duplicated: [], invented: [], isOrdered: true }
  assert.deepEqual(model.judge('a', 'c', [first, second]), good)
  assert.deepEqual(model.judge('a', 'c', [first, third, second]), good)
  assert.deepEqual(model.judge('a', 'c', [second, first]), { ...good, isOrdered: false })
  assert.deepEqual(model.judge('a', 'c', [first]), { ...good, lost: [second] })
  assert.deepEqual(model.judge('a', 'c', [first, second, second]), { ...good, duplicated: [second], isOrdered: false })
  assert.deepEqual(model.judge('a', 'c', [first, 'x', second]), { ...good, invented: ['x'] })
  assert.deepEqual(model.judge('b', 'c', [first]), { ...good, invented: [first] })
})
