import * as vscode from 'vscode'
import { maxPassphraseLength, minPassphraseLength } from '../../shared/archive.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { formatTime } from '../text/formatTime.ts'
import { showFile, whereTo, whichFile } from './chooseFile.ts'

const filters = (): Record<string, string[]> => ({ [vscode.l10n.t('Tincan Backup')]: ['tincan-backup'] })

/** Asks how it is to be sealed and where to, and backs everything up. */
export async function backUp(model: ChatModel): Promise<void> {
  const ways = [
    {
      label: vscode.l10n.t('Recovery Phrase'),
      detail: vscode.l10n.t('The 24 words that you wrote down open the backup. There is nothing else to remember.'),
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
  const place = await whereTo(`tincan-${new Date().toISOString().slice(0, 10)}.tincan-backup`, filters())
  if (place === undefined) return
  const { messages } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Backing everything up…') },
    () => model.request('backup/create', { path: place.fsPath, ...(passphrase !== undefined && { passphrase }) }),
  )
  await showFile(vscode.l10n.t('Everything is backed up, with {0} messages and lines.', messages), place)
}

/** Asks for a backup and what opens it, and brings everything back. */
export async function restoreBackup(model: ChatModel): Promise<void> {
  const title = vscode.l10n.t('Restore a Backup')
  const place = await whichFile(title, filters())
  if (place === undefined) return
  const { opensWith, madeAt } = await model.request('backup/inspect', { path: place.fsPath })
  const made = formatTime(madeAt, vscode.env.language, Date.now())
  const secret = await vscode.window.showInputBox({
    title,
    prompt:
      opensWith === 'phrase'
        ? vscode.l10n.t('This backup is of {0}. Type the 24 words of your recovery phrase.', made)
        : vscode.l10n.t('This backup is of {0}. Type its passphrase.', made),
    password: true,
    ignoreFocusOut: true,
  })
  if (secret === undefined) return
  const how = opensWith === 'phrase' ? { phrase: secret } : { passphrase: secret }
  const { name } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Bringing everything back…') },
    () => model.request('backup/restore', { path: place.fsPath, ...how }),
  )
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Welcome back, {0}. This is a new device of yours: what you wrote after the backup comes back from your contacts as they are online.',
      safeName(name),
    ),
  )
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
