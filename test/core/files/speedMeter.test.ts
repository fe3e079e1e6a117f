import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SpeedMeter } from '../../../src/core/files/speedMeter.ts'
import { FakeClock } from '../../doubles/fakeClock.ts'

const kilobyte = 1_000

/** A meter, and what it says after each of so many pieces that come at the same distance. */
async function measured(pieces: number, everyMs: number) {
  const clock = new FakeClock()
  const meter = new SpeedMeter(clock)
  const said: number[] = []
  for (let i = 0; i < pieces; i++) {
    meter.add(kilobyte)
    await clock.advance(everyMs)
    said.push(meter.perSecond)
  }
  return { clock, meter, said }
}

test('what comes evenly has its own speed all the time, once there is half a second to tell from', async () => {
  for (const everyMs of [20, 70, 130, 490]) {
    const { said } = await measured(Math.ceil(20_000 / everyMs), everyMs)
    const speed = (kilobyte * 1000) / everyMs
    for (const one of said.slice(Math.ceil(500 / everyMs)))
      assert.ok(Math.abs(one / speed - 1) < 0.15, `${String(one)} instead of ${String(speed)}`)
  }
})

test('what comes seldom is not told to be fast', async () => {
  const { said } = await measured(12, 3_000)
  for (const one of said.slice(1)) assert.ok(one > 150 && one < 500, String(one))
})

test('once nothing comes any more the speed falls all the time, and is nothing soon', async () => {
  const { clock, meter } = await measured(100, 100)
  let before = meter.perSecond
  for (let ms = 500; ms <= 4_500; ms += 500) {
    await clock.advance(500)
    const now = meter.perSecond
    assert.ok(now < before || now === 0, `${String(now)} after ${String(ms)} ms`)
    before = now
  }
  assert.equal(before, 0)
  meter.add(kilobyte)
  assert.equal(meter.perSecond, 2 * kilobyte, 'and begins anew')
})
