import type { Workbench } from '../harness/workbench.ts'

/** Opens a link of the system in this window, as the editor does once somebody has allowed it to. */
export async function openSystemLink(workbench: Workbench, link: string): Promise<void> {
  await workbench.run('Developer: Open URL')
  await workbench.type(link)
  await workbench.answer(/extension to open this URI/, 'Open')
}
