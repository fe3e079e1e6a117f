import type { Locator } from 'playwright-core'
import { commandTitle } from '../harness/commandTitle.ts'
import { probe } from '../harness/probe.ts'
import type { Workbench } from '../harness/workbench.ts'
import { tincanView } from './tincanView.ts'

/** Whom a room is offered to, as what, and with which history: labels of the steps. */
export interface RoomInvite {
  readonly whom: string
  readonly role: string
  readonly history: string
}

/** Creates a room with the command, step by step. The offer to invite somebody at once stays open. */
export async function createRoom(workbench: Workbench, title: string, topic: string): Promise<void> {
  await workbench.run(commandTitle('tincan.createRoom'))
  await workbench.type(title)
  await workbench.quickInput.getByText('What is the room about?').waitFor()
  await workbench.type(topic)
  await workbench.pick('Only you and the admins you name')
  await tincanView(workbench).heading(title).waitFor()
}

/** Answers the steps of an invitation to a room by keyboard: what is typed leaves one choice, and Enter takes it. */
export async function answerRoomInvite(workbench: Workbench, { whom, role, history }: RoomInvite): Promise<void> {
  const options = workbench.quickInput.getByRole('option')
  for (const label of [whom, role, history, '24 hours']) {
    await options.filter({ hasText: label }).first().waitFor()
    const input = workbench.quickInput.locator('input[type="text"]').first()
    await input.fill(label)
    await probe(`the one choice ${label}`, 30_000, async () => ((await options.count()) === 1 ? true : undefined))
    await input.press('Enter')
    await options.filter({ hasText: label }).first().waitFor({ state: 'hidden' })
  }
}

/** Joins a room with its link: pastes it, and confirms. */
export async function joinRoom(workbench: Workbench, link: string): Promise<void> {
  await workbench.run(commandTitle('tincan.join'))
  await workbench.type(link)
  await workbench.answer('Join a room with this Tincan invite?', 'Join')
}

/** The row of a member in the list beside the conversation, which is opened if need be. */
export async function memberRow(workbench: Workbench, name: RegExp): Promise<Locator> {
  const row = workbench.sideBar.getByRole('tree', { name: 'Members' }).getByRole('treeitem', { name })
  await probe(`the member ${name.source}`, 30_000, async () => {
    if (await row.isVisible()) return true
    await tincanView(workbench)
      .frame.getByRole('button', { name: /\d members?/ })
      .click()
    await row.waitFor({ timeout: 2_000 })
    return true
  })
  return row
}
