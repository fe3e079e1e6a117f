import * as vscode from 'vscode'
import type { ArchiveRequests } from '../../shared/archive.ts'
import { ChatError } from '../../shared/chatError.ts'
import type { Identity } from '../../shared/service.ts'
import { errorSentence } from '../errorSentence.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { formatDatedTime } from '../text/formatDatedTime.ts'
import { safeName } from '../text/safeName.ts'
import { backupFilters, whichFile } from './chooseFile.ts'

type Backup = ArchiveRequests['backup/inspect']['result']

/** Asks for a backup and what opens it, as often as that is wrong, and brings everything back. */
export async function restoreBackup(model: ChatModel): Promise<void> {
  const title = vscode.l10n.t('Restore a Backup')
  const place = await whichFile(title, backupFilters())
  if (place === undefined) return
  const backup = await model.request('backup/inspect', { path: place.fsPath })
  let typed = ''
  let refusal: string | undefined
  for (;;) {
    const secret = await askForSecret(title, backup, refusal, typed)
    if (secret === undefined) return
    try {
      const { name } = await open(model, place.fsPath, backup, secret)
      await noteThatItIsOlder(model)
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          'Welcome back, {0}. This is a new device of yours: what you wrote after the backup comes back from your contacts as they are online.',
          safeName(name),
        ),
      )
      return
    } catch (error) {
      refusal = wrongSecret(error)
      if (refusal === undefined) throw error
      typed = secret
    }
  }
}

/** Words are shown as they are typed, so that one of the 24 that is wrong can be found, and stay to be mended. */
async function askForSecret(
  title: string,
  { opensWith, madeAt }: Backup,
  refusal: string | undefined,
  typed: string,
): Promise<string | undefined> {
  const made = formatDatedTime(madeAt, vscode.env.language)
  const isPhrase = opensWith === 'phrase'
  const prompt = isPhrase
    ? vscode.l10n.t('This backup was made on {0}. Type the 24 words of your recovery phrase.', made)
    : vscode.l10n.t('This backup was made on {0}. Type its passphrase.', made)
  return vscode.window.showInputBox({
    title,
    prompt: refusal === undefined ? prompt : `${refusal} ${prompt}`,
    password: !isPhrase,
    value: isPhrase ? typed : '',
    ignoreFocusOut: true,
  })
}

async function open(model: ChatModel, path: string, { opensWith }: Backup, secret: string): Promise<Identity> {
  const how = opensWith === 'phrase' ? { phrase: secret } : { passphrase: secret }
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Bringing everything back…') },
    () => model.request('backup/restore', { path, ...how }),
  )
}

/** What is put back from a backup is older than what was there because the user wanted it to be: that needs no warning. */
async function noteThatItIsOlder(model: ChatModel): Promise<void> {
  const { repair } = await model.request('store/state', {})
  if (repair?.cause === 'older' && repair.lostRooms === undefined) await model.request('store/noted', {})
}

/** What to say of a secret that does not open the backup; `undefined` where something else is wrong. */
function wrongSecret(error: unknown): string | undefined {
  if (!(error instanceof ChatError)) return undefined
  if (error.code === 'wrong-passphrase') return errorSentence(error, vscode.l10n)
  return error.code === 'wrong-phrase'
    ? vscode.l10n.t('These words do not open this backup. Check their spelling and order. Nothing was changed.')
    : undefined
}
