import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { commandTitle } from './harness/commandTitle.ts'
import { failingTests } from './harness/failingTests.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { Received, sharePreview } from './pages/sharing.ts'
import { meetCorrespondent, openTincan, setUp } from './pages/stories.ts'

const program = `function heat(celsius) {
  debugger
  return celsius + 1
}
function boil() {
  return heat(99)
}
boil()
`

describe('somebody who shares what programs say, each from its own menu', () => {
  let world: World
  let alice: SeatedPerson
  let received: Received
  before(async () => {
    world = await startWorld(['Alice'], { 'debug.showInStatusBar': 'never', 'debug.openDebug': 'neverOpen' })
    ;[alice] = world.people as [SeatedPerson]
    await alice.server.install(await failingTests(world.folderOf('Alice')))
    await writeFile(path.join(alice.workspace, 'src', 'boil.js'), program)
    await mkdir(path.join(alice.workspace, '.vscode'))
    const launch = { name: 'Boil', type: 'node', request: 'launch', runtimeExecutable: process.execPath, program: '${workspaceFolder}/src/boil.js' }
    await writeFile(
      path.join(alice.workspace, '.vscode', 'launch.json'),
      JSON.stringify({ version: '0.2.0', configurations: [launch] }),
    )
    await alice.workbench.reopen()
    await setUp(alice.workbench, 'Alice')
    const bob = await world.correspondent('Bob')
    received = new Received(bob, await meetCorrespondent(alice.workbench, bob))
  }) // prettier-ignore
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('shares the call stack at which the debugger stands', async () => {
    const { workbench } = alice
    const { page } = workbench
    await workbench.run('Debug: Start Debugging')
    await workbench.run('Run and Debug: Focus on Call Stack View')
    const frame = page.locator('.debug-call-stack .monaco-list-row').filter({ hasText: 'heat' }).first()
    await frame.waitFor()
    await workbench.picture('call-stack')
    await workbench.rowMenu(frame, /Share Call Stack/)
    const preview = await sharePreview(workbench, 'Share a call stack')
    await workbench.picture('call-stack-preview')
    await preview.send()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet' && body.language === 'plaintext')
    const [first, second] = body.text.split('\n')
    assert.match(first ?? '', /^ {4}at .*heat \(src\/boil\.js:2:3\)$/)
    assert.match(second ?? '', /^ {4}at .*boil \(src\/boil\.js:6:10\)$/)
    assert.ok(!body.text.includes(alice.workspace))
    await workbench.run('Debug: Stop')
    await frame.waitFor({ state: 'detached' })
  })

  test('shares what is selected in a terminal, from its menu', async () => {
    const { workbench } = alice
    const { page } = workbench
    await workbench.run('Terminal: Create New Terminal')
    await page.locator('.terminal.xterm.focus').waitFor()
    await page.keyboard.type('echo "at boil ($PWD/src/kettle.ts:9:5)"\n')
    const screen = page.locator('.terminal-wrapper.active .xterm-screen')
    await probe('the terminal', 30_000, async () => {
      await workbench.run('Terminal: Focus Terminal')
      await workbench.run('Terminal: Select All')
      await workbench.rowMenu(screen, /Share Terminal Selection/)
      const preview = await sharePreview(workbench, 'Share a piece of the terminal')
      if ((await preview.text()).includes('at boil (src/kettle.ts:9:5)')) return true
      await preview.cancel()
      return undefined
    })
    await page.keyboard.press('Enter')
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet')
    assert.match(body.text, /at boil \(src\/kettle\.ts:9:5\)/)
    await workbench.run('Terminal: Kill the Active Terminal Instance')
  })

  test('shares the code of a test from the list of tests', async () => {
    const { workbench } = alice
    const { page } = workbench
    await workbench.run('Testing: Focus on Test Explorer View')
    const item = page.locator('.test-explorer .monaco-list-row').filter({ hasText: 'boils at 100' }).first()
    await item.waitFor()
    await workbench.picture('test-explorer')
    await workbench.rowMenu(item, /Share Code of Test/)
    await (await sharePreview(workbench, 'Share the test boils at 100')).send()
    const [body] = await received.next()
    assert.ok(body?.kind === 'snippet' && body.path === 'src/kettle.ts')
    assert.deepEqual(body.lines, { first: 5, last: 7 })
    assert.match(body.text, /get isBoiling/)
  })

  test('is told what to do where there is nothing to share', async () => {
    const { workbench } = alice
    await workbench.run(commandTitle('tincan.shareCallStack'))
    await workbench.notification('Pause a program in the debugger first').waitFor()
    await workbench.dismissNotifications()
  })

  test('has seen no error and no breach of the content security policy', async () => {
    await openTincan(alice.workbench)
    assert.deepEqual(alice.browser.complaints, [])
  })
})
