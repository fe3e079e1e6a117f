import * as vscode from 'vscode'
import type { FileBody } from '../../shared/files.ts'
import { safeFileName } from '../../shared/fileName.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { MessageAddress } from '../../shared/messageLink.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { mayBeSent, scanFile, scannedBytes, warningOf } from './fileGuard.ts'
import { readFile } from './readFile.ts'

/** Passes a file on that is here. `false`: it looks as if it held a secret, and the user keeps it. */
export async function forwardFile(
  model: Pick<ChatModel, 'request'>,
  at: MessageAddress,
  { name, size }: FileBody,
  to: ConversationId,
): Promise<boolean> {
  const beginning = await readFile(model, at, Math.min(size, scannedBytes))
  const warning = warningOf(await scanFile(name, beginning))
  if (warning !== undefined && !(await mayBeSent(safeFileName(name), warning))) return false
  await model.request('file/forward', { ...at, to })
  return true
}

/** Whether all of a file is here; the user is told what to do where it is not. */
export async function isHere(
  model: Pick<ChatModel, 'request'>,
  at: MessageAddress,
  { name }: FileBody,
): Promise<boolean> {
  const { kind } = await model.request('file/state', at)
  if (kind === 'here') return true
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is not here yet. Download it first, then forward it.', safeFileName(name)),
  )
  return false
}
