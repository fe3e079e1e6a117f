/**
 * Makes the pictures of the README, one of which moves, in real editors: `node test/editor/pictures.ts`. Two people talk; what
 * is seen is what Alice sees.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { animatedPicture, type PictureFrame } from './harness/animatedPicture.ts'
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

/** Frames of the recording: the first is the whole window, the others what lies left of the editor, or the whole again. */
function recorder({ page, sideBar }: Workbench) {
  const frames: PictureFrame[] = []
  return {
    frames,
    take: async (shownMs: number, part: 'all' | 'side bar' = 'side bar'): Promise<void> => {
      const box = await sideBar.boundingBox()
      if (box === null) throw new Error('There is no side bar')
      const isAll = part === 'all' || frames.length === 0
      const clip = { x: 0, y: 0, width: isAll ? size.width : Math.ceil(box.x + box.width), height: size.height }
      frames.push({ png: await page.screenshot({ clip, animations: 'disabled', caret: 'hide' }), x: 0, y: 0, shownMs })
    },
  }
}

/** What Alice and Bob say to each other, with pictures on the way. */
async function talk(alice: Workbench, bob: Workbench): Promise<readonly PictureFrame[]> {
  const [left, right] = [tincanView(alice), tincanView(bob)]
  const { take, frames } = recorder(alice)
  await alice.openFile('kettle.ts')
  await take(1_000)
  await right.send('Morning! Does the **kettle** still whistle too early?')
  await left.message('whistle too early').waitFor()
  await take(1_800)
  await alice.selectLines(5, 7)
  await take(1_200, 'all')
  await alice.contextMenu(/Share Selection/)
  await alice.pick('Bob')
  await left.message('isBoiling').getByText(arrived).waitFor()
  await left.frame.locator('.code-block code span[style]').first().waitFor()
  await take(2_000, 'all')
  await right.send('Up here water boils at 96 °C. Make the `100` a parameter?')
  await left.message('a parameter').waitFor()
  await take(1_800)
  await left.composer.fill('Of course. On it, *two minutes*.')
  await take(1_200)
  await left.composer.press('Enter')
  await left.message('two minutes').getByText(arrived).waitFor()
  await take(3_000)
  return frames
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
  await alice.workbench.dismissNotifications()
  const frames = await talk(alice.workbench, bob.workbench)
  await writeFile(path.join(folder, 'recording.png'), animatedPicture(frames))
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
