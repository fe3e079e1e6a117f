import * as vscode from 'vscode'
import { emojiNames } from './emojiNames.ts'

/** Lets the user choose an emoji by its words; the editor's own list brings the search and the keyboard. */
export async function pickEmoji(): Promise<string | undefined> {
  const items = emojiNames.map(([emoji, words]) => ({ label: `${emoji} ${words}`, emoji }))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('React with an Emoji'),
    placeHolder: vscode.l10n.t('Type a word, such as “rocket”'),
  })
  return picked?.emoji
}
