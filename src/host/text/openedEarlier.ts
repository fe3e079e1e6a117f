import * as vscode from 'vscode'

/**
 * The text of a document of ours whose own text is gone, as after a reload of the window. `sentence` says what it was. It goes
 * on in a line of its own: what is behind the edge of an editor is not read.
 */
export const openedEarlier = (sentence: string): string =>
  `${sentence}\n${vscode.l10n.t('Open it again from its conversation.')}`
