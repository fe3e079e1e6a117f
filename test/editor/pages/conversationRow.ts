import type { Locator } from 'playwright-core'
import type { Workbench } from '../harness/workbench.ts'
import { tincanView } from './tincanView.ts'

/** A row in the list of conversations; the list of members beside it may have the same names. */
export const conversationRow = ({ sideBar }: Workbench, name: RegExp): Locator =>
  sideBar.getByRole('tree', { name: 'Conversations' }).getByRole('treeitem', { name })

/** Opens the conversation of a row: what is written from now on is written there. */
export async function openConversation(workbench: Workbench, name: RegExp, title: string): Promise<void> {
  await conversationRow(workbench, name).click()
  await tincanView(workbench).heading(title).waitFor()
}
