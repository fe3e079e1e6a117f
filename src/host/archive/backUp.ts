import * as vscode from 'vscode'
import { maxPassphraseLength, minPassphraseLength } from '../../shared/archive.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { backupFilters, showFile, whereTo } from './chooseFile.ts'

/** Asks how it is to be sealed and where to, and backs everything up. */
export async function backUp(model: ChatModel): Promise<void> {
  const ways = [
    {
      label: vscode.l10n.t('Recovery Phrase'),
      detail: vscode.l10n.t('The 24 words that you wrote down open it. There is nothing else to remember.'),
      isPassphrase: false,
    },
    {
      label: vscode.l10n.t('Passphrase'),
      detail: vscode.l10n.t('A passphrase of your own opens the backup, and so does nothing else.'),
      isPassphrase: true,
    },
  ]
  const title = vscode.l10n.t('Back Up Everything')
  const way = await vscode.window.showQuickPick(ways, {
    title,
    placeHolder: vscode.l10n.t(
      'What is to open the backup? Files are not in it: they come back from whoever has them.',
    ),
  })
  if (way === undefined) return
  const passphrase = way.isPassphrase ? await newPassphrase(title) : undefined
  if (way.isPassphrase && passphrase === undefined) return
  const place = await whereTo(`tincan-${new Date().toISOString().slice(0, 10)}.tincan-backup`, backupFilters())
  if (place === undefined) return
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Backing everything up…') },
    () => model.request('backup/create', { path: place.fsPath, ...(passphrase !== undefined && { passphrase }) }),
  )
  const done = way.isPassphrase
    ? vscode.l10n.t('Everything is backed up. Only your passphrase opens the file, so keep it as well.')
    : vscode.l10n.t('Everything is backed up. Your recovery phrase opens the file.')
  await showFile(done, place)
}

/** Asks twice, so that a slip of the finger locks nobody out. */
async function newPassphrase(title: string): Promise<string | undefined> {
  const first = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Choose a passphrase of at least {0} characters. Nobody can reset it.', minPassphraseLength),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => {
      if (value.length < minPassphraseLength) return vscode.l10n.t('At least {0} characters.', minPassphraseLength)
      return value.length > maxPassphraseLength ? vscode.l10n.t('This passphrase is too long.') : undefined
    },
  })
  if (first === undefined) return undefined
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Type the passphrase once more.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value === first ? undefined : vscode.l10n.t('This is not the same.')),
  })
}
