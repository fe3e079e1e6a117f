/**
 * Makes the pictures of the README in real editors: `node test/editor/pictures.ts`. Two people talk; what is seen is what
 * Alice sees.
 */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { repository } from './harness/codeServer.ts'
import type { SeatedPerson } from './harness/person.ts'
import { themes } from './harness/themes.ts'
import type { Workbench } from './harness/workbench.ts'
import { startWorld } from './harness/world.ts'
import { becomeContacts, openTincan, setUp } from './pages/stories.ts'
import { tincanView } from './pages/tincanView.ts'
import { arrived, words } from './pages/words.ts'

const folder = path.join(repository, 'media', 'readme')
const size = { width: 1280, height: 800 }
const sideBarWidth = 420

const keep = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' })

/** Drags the border of the side bar. */
async function widenSideBar({ page, sideBar }: Workbench): Promise<void> {
  const box = await sideBar.boundingBox()
  if (box === null) throw new Error('There is no side bar')
  const [x, y] = [box.x + box.width, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(box.x + sideBarWidth, y, { steps: 8 })
  await page.mouse.up()
}

/** What Alice and Bob say to each other. */
async function talk(alice: Workbench, bob: Workbench): Promise<void> {
  const [left, right] = [tincanView(alice), tincanView(bob)]
  await right.send('Morning! Does the **kettle** still whistle too early?')
  await left.message('whistle too early').waitFor()
  await alice.openFile('kettle.ts')
  await alice.selectLines(5, 7)
  await alice.contextMenu(/Share Selection/)
  await alice.pick('Bob')
  await left.message('isBoiling').getByText(arrived).waitFor()
  await right.send('Up here water boils at 96 °C. Make the `100` a parameter?')
  await left.message('a parameter').waitFor()
  await left.send('Of course. On it, *two minutes*.')
  await left.message('two minutes').getByText(arrived).waitFor()
}

await mkdir(folder, { recursive: true })
const world = await startWorld(['Alice', 'Bob'], {
  'workbench.colorTheme': themes[0].label,
  'window.commandCenter': false,
  'editor.minimap.enabled': false,
})
try {
  const [alice, bob] = world.people as [SeatedPerson, SeatedPerson]
  const { page } = alice.workbench
  await page.setViewportSize(size)
  await openTincan(alice.workbench)
  await tincanView(alice.workbench).button(words('welcomeBegin')).waitFor()
  await alice.workbench.openFile('kettle.ts')
  await widenSideBar(alice.workbench)
  await page.mouse.move(size.width - 200, size.height - 200)
  await page.locator('.monaco-sash.hover, .monaco-sash.active').waitFor({ state: 'hidden' })
  await keep(page, 'first-run')

  await Promise.all([setUp(alice.workbench, 'Alice'), setUp(bob.workbench, 'Bob')])
  await becomeContacts(alice.workbench, bob.workbench)
  await talk(alice.workbench, bob.workbench)
  await alice.workbench.dismissNotifications()
  await alice.workbench.selectLines(1, 1)
  await page.keyboard.press('Home')
  for (const [theme, name] of [
    [themes[0], 'conversation'],
    [themes[1], 'conversation-light'],
  ] as const) {
    await alice.workbench.useTheme(theme)
    const { frame } = tincanView(alice.workbench)
    await frame.locator(`body.${theme.webviewClass}`).waitFor()
    await frame.locator('.code-block code span[style]').first().waitFor()
    await tincanView(alice.workbench).composer.focus()
    await page.mouse.move(size.width - 200, size.height - 200)
    await keep(page, name)
  }
} finally {
  await world.end()
}
