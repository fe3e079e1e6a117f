import type { HeadlessPeer } from '../../headless/headlessPeer.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { plantExchange } from '../../record/planted.ts'
import { probe } from '../harness/probe.ts'
import type { Workbench } from '../harness/workbench.ts'
import { cardPage } from './cardPage.ts'
import { tincanView } from './tincanView.ts'
import { words } from './words.ts'

/** Brings Tincan's views to the front. */
export async function openTincan(workbench: Workbench): Promise<void> {
  const title = workbench.sideBar.getByRole('heading', { name: 'Tincan', exact: true, level: 2 })
  await probe('the views of Tincan', 30_000, async () => {
    // An editor that starts may be about to show them by itself, and then a click would hide them.
    const isShown = await title.waitFor({ timeout: 1_000 }).then(
      () => true,
      () => undefined,
    )
    if (isShown === undefined) await workbench.activity('Tincan').click()
    return isShown
  })
}

/** From the very first sight of Tincan to its start screen. Returns the recovery phrase. */
export async function setUp(workbench: Workbench, name: string): Promise<readonly string[]> {
  await openTincan(workbench)
  return tincanView(workbench).firstRun(name)
}

/** Makes an invite, as asked by the buttons of the start screen. Returns the link from the clipboard. */
export async function invite(workbench: Workbench, answer: 'Ask Me' | 'Accept Automatically'): Promise<string> {
  await tincanView(workbench).button(words('startInvite')).click()
  await workbench.pick('24 hours')
  await workbench.pick(answer)
  await workbench.notification('on your clipboard').waitFor()
  const link = await workbench.readClipboard()
  plantExchange('invite/create', {}, { link })
  return link
}

/** Joins with a link: pastes it, and confirms. */
export async function join(workbench: Workbench, link: string): Promise<void> {
  await tincanView(workbench).button(words('startJoin')).click()
  await workbench.type(link)
  await workbench.answer('Join with this Tincan invite?', 'Join')
}

/** Both have set up Tincan, and Alice invites Bob: afterwards both see the conversation. */
export async function becomeContacts(alice: Workbench, bob: Workbench): Promise<void> {
  await join(bob, await invite(alice, 'Ask Me'))
  await alice.answer('used your invite', 'Accept')
  for (const one of [alice, bob]) await tincanView(one).composer.waitFor()
}

/** Joins with an invite of somebody without an editor. Returns their name for the conversation. */
export async function meetCorrespondent(workbench: Workbench, peer: HeadlessPeer): Promise<ConversationId> {
  const { link } = await peer.request('invite/create', { kind: 'contact', autoAccept: true })
  await join(workbench, link)
  await tincanView(workbench).composer.waitFor()
  return peer.until('the conversation', async () => (await peer.request('conversation/list'))[0]?.id)
}

/** Opens the safety screen of the other side of the conversation in sight. Returns its 60 digits. */
export async function readSafetyNumber(workbench: Workbench): Promise<string> {
  await tincanView(workbench).button(words('safetyNumber')).click()
  const digits = cardPage(workbench).frame.getByRole('group', { name: 'Safety number' })
  await digits.waitFor()
  return (await digits.innerText()).replace(/\D/g, '')
}

/** Both have the safety screen of the other one in front, and compare live. Returns what each reads to the other. */
export async function compareLive(one: Workbench, other: Workbench): Promise<readonly [string, string]> {
  for (const workbench of [one, other]) await cardPage(workbench).button('Compare Live').click()
  const read = async (workbench: Workbench): Promise<string> => {
    const emoji = cardPage(workbench).frame.getByRole('list', { name: 'Seven pictures to compare' })
    await emoji.waitFor()
    return (await emoji.getByRole('listitem').allInnerTexts()).join(', ').replace(/\s+/g, ' ')
  }
  return [await read(one), await read(other)]
}
