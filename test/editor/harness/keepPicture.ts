import path from 'node:path'
import type { Page } from 'playwright-core'
import { repository } from './codeServer.ts'

/** Keeps a picture of what a window shows in `artifacts/editor`. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(repository, 'artifacts', 'editor', `${name}.png`), animations: 'disabled' })
}
