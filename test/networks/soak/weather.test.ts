/** Every combination of loss, delay and overtaking, with ten times the messages; `TINCAN_SEED` draws the bad luck. */
import { describe, test } from 'node:test'
import { throughWeather } from '../throughWeather.ts'

const seed = Number(process.env['TINCAN_SEED'] ?? 0)
const messages = 400

describe('Through every bad network every message arrives once, in one order:', { concurrency: 3 }, () => {
  for (const lossPercent of [0, 1, 5, 20])
    for (const delayMs of [0, 400])
      for (const reorderPercent of [0, 10])
        test(`loss of ${lossPercent} %, ${delayMs} ms each way, ${reorderPercent} % overtaken`, (t) =>
          throughWeather(t, { lossPercent, delayMs, reorderPercent }, messages, seed))
})
