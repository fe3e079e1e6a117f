import * as vscode from 'vscode'
import { isEmoji } from '../../shared/emoji.ts'
import { emojiNames } from './emojiNames.ts'

interface EmojiItem extends vscode.QuickPickItem {
  readonly emoji: string
}

/**
 * Lets the user choose an emoji by its words, or take one that was typed; the editor's own list brings the search and the
 * keyboard. What is typed and no emoji is said to be none.
 */
export async function pickEmoji(): Promise<string | undefined> {
  const known: readonly EmojiItem[] = emojiNames.map(([emoji, words]) => ({ label: `${emoji} ${words}`, emoji }))
  const pick = vscode.window.createQuickPick<EmojiItem>()
  pick.title = vscode.l10n.t('React with an Emoji')
  pick.placeholder = vscode.l10n.t('Type a word, such as “rocket”, or an emoji')
  pick.items = known
  try {
    return await new Promise((resolve) => {
      pick.onDidChangeValue((value) => {
        const typed = value.trim()
        const isOther = isEmoji(typed) && !known.some(({ emoji }) => emoji === typed)
        // The list begins anew with other items: what was found in it is kept while it is the same.
        if (isOther) pick.items = [{ label: typed, emoji: typed, alwaysShow: true }, ...known]
        else if (pick.items.length > known.length) pick.items = known
        const isWord = typed === '' || isOther || known.some(({ label }) => label.includes(typed.toLowerCase()))
        pick.title = isWord ? vscode.l10n.t('React with an Emoji') : vscode.l10n.t('“{0}” is no emoji', typed)
      })
      pick.onDidAccept(() => resolve(pick.activeItems[0]?.emoji))
      pick.onDidHide(() => resolve(undefined))
      pick.show()
    })
  } finally {
    pick.dispose()
  }
}
