import path from 'node:path'
import { startBrowser } from '../editor/harness/browser.ts'
import type { Person } from '../editor/harness/person.ts'
import { openTincan } from '../editor/pages/stories.ts'
import { tincanView } from '../editor/pages/tincanView.ts'

/** Opens the person's editor as a browser does, and waits until Tincan shows a screen of its own. Throws otherwise. */
export async function checkPerson(person: Person, folder: string): Promise<void> {
  const browser = await startBrowser(path.join(folder, 'check'))
  try {
    const workbench = await browser.open(person.url)
    await openTincan(workbench)
    await tincanView(workbench).heading(/./).first().waitFor()
    await workbench.statusBar.getByText('Tincan: ').waitFor()
    const [complaint] = browser.complaints
    if (complaint !== undefined) throw new Error(`The editor of ${person.name} complains: ${complaint.text}`)
  } finally {
    await browser.close()
  }
}
