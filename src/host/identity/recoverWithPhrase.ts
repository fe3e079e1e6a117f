import type * as vscode from 'vscode'
import { ChatError } from '../../shared/chatError.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** Unlocks the identity with its phrase. Answers with a sentence where the words are not enough. */
export async function recoverWithPhrase(
  model: Pick<ChatModel, 'request'>,
  phrase: string,
  l10n: Pick<typeof vscode.l10n, 't'>,
): Promise<string | undefined> {
  try {
    await model.request('identity/recover', { phrase })
    return undefined
  } catch (error) {
    if (!(error instanceof ChatError) || error.code !== 'recovery-needed') throw error
    // The general sentence asks for the words, which were just given.
    return l10n.t(
      'The words alone cannot open a damaged identity file. Put a copy of it from a backup in its place and reload the window.',
    )
  }
}
