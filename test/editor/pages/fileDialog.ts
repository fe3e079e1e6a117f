import { probe } from '../harness/probe.ts'
import type { Workbench } from '../harness/workbench.ts'

/** Chooses a file to write in the editor's own dialog, by its whole path. */
export const saveAs = (workbench: Workbench, file: string): Promise<void> => enterPath(workbench, file)

/** Chooses a file to read, likewise. */
export const openFrom = (workbench: Workbench, file: string): Promise<void> => enterPath(workbench, file)

/**
 * While it lists folders the dialog writes into its field by itself: what is typed is to stand for a while before Enter, and
 * is typed anew where that came to nothing.
 */
async function enterPath({ page, quickInput }: Workbench, file: string): Promise<void> {
  const input = quickInput.locator('input[type="text"]').first()
  await probe('a path in the dialog', 20_000, async () =>
    (await input.inputValue({ timeout: 2_000 })).includes('/') ? true : undefined,
  )
  await probe(`the dialog to take ${file}`, 30_000, async () => {
    await input.fill(file, { timeout: 2_000 })
    for (let looks = 0; looks < 5; looks++) {
      await page.waitForTimeout(150)
      if ((await input.inputValue({ timeout: 2_000 })) !== file) throw new Error('The dialog wrote something else')
    }
    await page.keyboard.press('Enter')
    // Its buttons go with it; another question may be asked in the same place at once.
    await quickInput.locator('.quick-input-action:visible').first().waitFor({ state: 'hidden', timeout: 4_000 })
    return true
  })
}
