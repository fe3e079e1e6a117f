import type { Page } from 'playwright-core'
import { probe } from './probe.ts'

/**
 * The editor's menus take no release of the button in the first 100 ms after they are drawn, so that the gesture that opened
 * them chooses nothing. A click that is quicker than that is lost every time: the button is held for longer.
 */
const heldMs = 250

/** Opens one of the editor's own menus with `open`, chooses an entry with the mouse, and resolves once the menu is gone. */
export async function chooseInMenu(page: Page, entry: RegExp, open: () => Promise<void>): Promise<void> {
  const item = page.getByRole('menuitem', { name: entry }).first()
  await probe(`the menu entry ${entry.source}`, 30_000, async () => {
    await open()
    try {
      await item.click({ delay: heldMs, timeout: 2_000 })
      await item.waitFor({ state: 'hidden', timeout: 1_000 })
      return true
    } catch (error) {
      await page.keyboard.press('Escape')
      throw error
    }
  })
}
