import { describe, test } from 'node:test'
import type { Weather } from './shaping.ts'
import { throughWeather } from './throughWeather.ts'

const cases: readonly (readonly [string, Weather])[] = [
  ['loss of 1 %', { lossPercent: 1, delayMs: 0, reorderPercent: 0 }],
  ['loss of 5 % and 10 % overtaken', { lossPercent: 5, delayMs: 0, reorderPercent: 10 }],
  ['loss of 20 %', { lossPercent: 20, delayMs: 0, reorderPercent: 0 }],
  ['400 ms each way and 10 % overtaken', { lossPercent: 0, delayMs: 400, reorderPercent: 10 }],
]

describe('Through a bad network every message arrives once, in one order:', { concurrency: true }, () => {
  for (const [seed, [name, weather]] of cases.entries()) test(name, (t) => throughWeather(t, weather, 40, seed))
})
