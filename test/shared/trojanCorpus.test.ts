import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDeceptions } from '../../src/shared/trojanSource.ts'
import { deceptiveSamples, honestSamples } from './trojanCorpus.ts'
import type { Sample } from './trojanCorpus.ts'

/** Those of which something is found. */
const flagged = (samples: readonly Sample[]): readonly string[] =>
  samples.filter(({ text }) => findDeceptions(text).length > 0).map(({ name }) => name)

test('every sample of code that is not what it looks like is found, and nothing in honest text', (t) => {
  const found = flagged(deceptiveSamples)
  const wrong = flagged(honestSamples)
  const rate = (part: number, whole: number): string => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
  t.diagnostic(`found: ${rate(found.length, deceptiveSamples.length)}`)
  t.diagnostic(`false alarms: ${rate(wrong.length, honestSamples.length)}`)
  assert.deepEqual(
    deceptiveSamples.map(({ name }) => name).filter((name) => !found.includes(name)),
    [],
  )
  assert.deepEqual(wrong, [])
})
