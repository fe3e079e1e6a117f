import type { Locator } from 'playwright-core'
import { probe } from '../harness/probe.ts'
import type { Workbench } from '../harness/workbench.ts'

const maxStops = 40

interface Focusable {
  matches(selectors: string): boolean
}

/** Whether keys go to this element now. */
export async function hasKeyboard(place: Locator): Promise<boolean> {
  // An element has `:focus` only while its frame has the keyboard.
  return place.evaluate<boolean, Focusable>((element) => element.matches(':focus'))
}

/** Resolves once keys go to this element; rejects when they never do. */
export async function getsKeyboard(place: Locator): Promise<void> {
  await probe(`the keyboard at ${String(place)}`, 5_000, async () => (await hasKeyboard(place)) || undefined)
}

/** Moves the keyboard with Tab, or `key`, from where it is to `place`. Throws when Tab never gets there. */
export async function tabTo(workbench: Workbench, place: Locator, key = 'Tab'): Promise<void> {
  await place.waitFor()
  for (let stop = 0; stop < maxStops; stop++) {
    if (await hasKeyboard(place)) return
    await workbench.page.keyboard.press(key)
  }
  throw new Error(`${key} does not lead to ${String(place)}`)
}

/**
 * Presses a key that stands for something to be done with a message, once the editor knows that one has the keyboard: the
 * one that has it, or `message`, which is given it before.
 */
export async function pressOnMessage(
  { page }: Workbench,
  key: string,
  shown: Locator,
  message?: Locator,
): Promise<void> {
  await probe(`what ${key} does`, 30_000, async () => {
    // It may have lost the keyboard since.
    await message?.focus({ timeout: 2_000 })
    await page.keyboard.press(key)
    await shown.waitFor({ timeout: 4_000 })
    return true
  })
}

/** Runs a command by its title, with keys alone. */
export async function press(workbench: Workbench, title: string): Promise<void> {
  await choose(workbench, `>${title}`, title)
}

/** Opens a file of the folder, with keys alone. */
export async function openByKeys(workbench: Workbench, name: string): Promise<void> {
  await choose(workbench, name, name)
  await workbench.page.getByRole('tab', { name, selected: true }).first().waitFor()
  await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor()
}

async function choose({ page, quickInput }: Workbench, text: string, row: string): Promise<void> {
  const input = quickInput.locator('input[type="text"]').first()
  // Right after a start the palette does not know the commands of extensions yet: open it anew until it does.
  await probe(`the row ${row}`, 30_000, async () => {
    await page.keyboard.press('F1')
    await input.waitFor({ timeout: 2_000 })
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.insertText(text)
    try {
      await quickInput.locator('.monaco-list-row.focused').filter({ hasText: row }).waitFor({ timeout: 2_000 })
    } catch (error) {
      await page.keyboard.press('Escape')
      throw error
    }
    await page.keyboard.press('Enter')
    await quickInput.waitFor({ state: 'hidden' })
    return true
  })
}
