import type { Locator } from 'playwright-core'
import type { Workbench } from '../harness/workbench.ts'

/** A row in the list of conversations; the list of members beside it may have the same names. */
export const conversationRow = ({ sideBar }: Workbench, name: RegExp): Locator =>
  sideBar.getByRole('tree', { name: 'Conversations' }).getByRole('treeitem', { name })
