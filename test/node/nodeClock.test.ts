import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { it } from 'node:test'
import { nodeClock } from '../../src/node/nodeClock.ts'

it('tells the time of this machine', () => {
  const before = Date.now()
  const now = nodeClock.now()
  assert.ok(before <= now && now <= Date.now())
  assert.ok(nodeClock.monotonicMs() <= nodeClock.monotonicMs())
})

it('runs what is deferred after the present turn, in order', async () => {
  const order: string[] = []
  const done = new Promise<void>((resolve) => {
    nodeClock.defer(() => order.push('first'))
    nodeClock.defer(() => {
      order.push('second')
      resolve()
    })
  })
  await Promise.resolve().then(() => order.push('microtask'))
  await done
  assert.deepEqual(order, ['microtask', 'first', 'second'])
})

it('calls back once the time has passed, and not when it was disposed', async () => {
  const hold = setInterval(() => undefined, 1000)
  let isCalled = false
  const disposed = nodeClock.after(1, () => {
    isCalled = true
  })
  disposed.dispose()
  disposed.dispose()
  await new Promise<void>((resolve) => nodeClock.after(5, resolve))
  clearInterval(hold)
  assert.equal(isCalled, false)
})

it('waits for longer than a Node timer can', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const fortyDaysMs = 40 * 24 * 3600 * 1000
  let calls = 0
  nodeClock.after(fortyDaysMs, () => calls++)
  const disposed = nodeClock.after(fortyDaysMs, () => calls++)
  const longestTimerMs = 2 ** 31 - 1
  context.mock.timers.tick(longestTimerMs)
  context.mock.timers.tick(fortyDaysMs - longestTimerMs - 1)
  assert.equal(calls, 0)
  disposed.dispose()
  context.mock.timers.tick(1)
  assert.equal(calls, 1)
})

it('never keeps the process alive with a timer', () => {
  const script = `
    import { nodeClock } from ${JSON.stringify(new URL('../../src/node/nodeClock.ts', import.meta.url).href)}
    nodeClock.after(60_000, () => console.log('late'))
  `
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { timeout: 60_000 })
  assert.equal(output.toString(), '')
})
