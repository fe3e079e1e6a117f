import * as vscode from 'vscode'
import type { PersonId } from '../../shared/ids.ts'
import type { Boundary } from '../boundary.ts'
import { pickContact } from '../contacts/pickContact.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { SafetyScreens } from './safetyScreens.ts'

/** The commands about knowing that contacts are who they seem. */
export function registerSafetyCommands(
  boundary: Boundary,
  model: ChatModel,
  screens: SafetyScreens,
): vscode.Disposable {
  const onContact = (
    id: string,
    question: () => string,
    work: (person: PersonId) => Promise<unknown>,
  ): vscode.Disposable =>
    boundary.command(id, async (argument) => {
      const contact = await pickContact(model, argument, question())
      if (contact !== undefined) await work(contact.person)
    })
  return vscode.Disposable.from(
    onContact(
      'tincan.showSafetyNumber',
      () => vscode.l10n.t('Whose safety number?'),
      (person) => screens.open({ person }),
    ),
    onContact(
      'tincan.verify',
      () => vscode.l10n.t('Mark whom as verified?'),
      (person) => screens.open({ person }),
    ),
    onContact(
      'tincan.unverify',
      () => vscode.l10n.t('Mark whom as not verified?'),
      (person) => model.request('safety/verify', { person, verified: false }),
    ),
  )
}
