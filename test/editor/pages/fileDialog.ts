import { probe } from '../harness/probe.ts'
import type { Workbench } from '../harness/workbench.ts'

/**
 * Chooses a file to write in the editor's own dialog, by its whole path. While it lists folders the dialog writes into its
 * field by itself: what is typed is looked at once more before Enter, and typed anew where that came to nothing.
 */
export async function saveAs({ page, quickInput }: Workbench, file: string): Promise<void> {
  const input = quickInput.locator('input[type="text"]').first()
  await probe('a path in the dialog', 20_000, async () =>
    (await input.inputValue({ timeout: 2_000 })).includes('/') ? true : undefined,
  )
  await probe(`the dialog to take ${file}`, 30_000, async () => {
    await input.fill(file, { timeout: 2_000 })
    await probe('the typed path', 2_000, async () => ((await input.inputValue()) === file ? true : undefined))
    await page.keyboard.press('Enter')
    await quickInput.waitFor({ state: 'hidden', timeout: 4_000 })
    return true
  })
}
