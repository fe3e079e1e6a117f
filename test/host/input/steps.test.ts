import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runSteps } from '../../../src/host/input/steps.ts'
import type { Step } from '../../../src/host/input/steps.ts'

interface Answers {
  readonly said: readonly string[]
}

/** Steps that answer from a script, and what they saw. */
async function run(script: readonly (string | undefined)[]) {
  const waiting = [...script]
  const asked: string[] = []
  const ask: Step<Answers> = ({ title, step, totalSteps }, answers) => {
    asked.push(`${title} ${String(step)}/${String(totalSteps)} ${answers.said.join()}`.trim())
    const answer = waiting.shift()
    if (answer === undefined || answer === 'back') return Promise.resolve(answer)
    return Promise.resolve({ said: [...answers.said.slice(0, step - 1), answer] })
  }
  return { result: await runSteps('T', { said: [] }, [ask, ask, ask]), asked }
}

test('steps are asked in order, and each knows what was answered before', async () => {
  const { result, asked } = await run(['a', 'b', 'c'])
  assert.deepEqual(result, { said: ['a', 'b', 'c'] })
  assert.deepEqual(asked, ['T 1/3', 'T 2/3 a', 'T 3/3 a,b'])
})

test('back asks the step before again with its answer, and the first one stays the first', async () => {
  const { result, asked } = await run(['back', 'a', 'b', 'back', 'x', 'c'])
  assert.deepEqual(result, { said: ['a', 'x', 'c'] })
  assert.deepEqual(asked, ['T 1/3', 'T 1/3', 'T 2/3 a', 'T 3/3 a,b', 'T 2/3 a,b', 'T 3/3 a,x'])
})

test('who leaves at any step has asked for nothing', async () => {
  assert.equal((await run(['a', undefined])).result, undefined)
})
