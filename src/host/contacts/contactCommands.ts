import * as vscode from 'vscode'
import { maxNameBytes } from '../../shared/service.ts'
import type { Member } from '../../shared/service.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import type { Boundary } from '../boundary.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { pickContact } from './pickContact.ts'

/** The commands about a contact: what to call them, and whether to hear of them at all. */
export function registerContactCommands(boundary: Boundary, model: ChatModel): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('tincan.renameContact', async (argument) => {
      const contact = await pickContact(model, argument, vscode.l10n.t('Rename whom?'))
      if (contact !== undefined) await rename(model, contact)
    }),
    boundary.command('tincan.blockContact', async (argument) => {
      const isOpen = ({ blocked }: Member): boolean => blocked !== true
      const contact = await pickContact(model, argument, vscode.l10n.t('Block whom?'), isOpen)
      if (contact !== undefined) await block(model, contact)
    }),
    boundary.command('tincan.unblockContact', async (argument) => {
      const isBlocked = ({ blocked }: Member): boolean => blocked === true
      const contact = await pickContact(model, argument, vscode.l10n.t('Unblock whom?'), isBlocked)
      if (contact !== undefined) await model.request('contact/block', { person: contact.person, blocked: false })
    }),
  )
}

async function rename(model: ChatModel, { person, name, ownName }: Member): Promise<void> {
  const chosen = ownName ?? name
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Rename {0}', safeName(name)),
    prompt: vscode.l10n.t(
      'Only you see this name, on this machine. They call themselves {0}; leave it empty to go back to that.',
      safeName(chosen),
    ),
    value: name,
    ignoreFocusOut: true,
    validateInput: (value) =>
      utf8Length(value.trim()) > maxNameBytes ? vscode.l10n.t('This name is too long.') : undefined,
  })
  const next = typed?.trim()
  // What stands there while names are hidden is no name: left as it is, it changes nothing.
  if (next === undefined || next === name) return
  await model.request('contact/rename', next === '' || next === chosen ? { person } : { person, name: next })
}

async function block(model: ChatModel, { person, name }: Member): Promise<void> {
  const shown = safeName(name)
  const confirm = vscode.l10n.t('Block')
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Block {0}?', shown),
    {
      modal: true,
      detail: [
        vscode.l10n.t(
          'They are told nothing: to them you are offline from now on. Nothing of theirs reaches you, and you take another address, which only your other contacts hear of.',
        ),
        vscode.l10n.t(
          'In rooms that you are both in, what they write is folded away, and they still read what you write there.',
        ),
        vscode.l10n.t('You can unblock them at any time.'),
      ].join('\n\n'),
    },
    confirm,
  )
  if (choice === confirm) await model.request('contact/block', { person, blocked: true })
}
