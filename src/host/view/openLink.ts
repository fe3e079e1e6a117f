import * as vscode from 'vscode'
import { parseShownLink } from './linkWarning.ts'

/** Shows a link's whole address, with what is odd about it, and opens it only after a yes. */
export async function openLink(text: string): Promise<void> {
  const link = parseShownLink(text)
  if (link === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This link was not opened: Tincan opens only http, https and mailto links.'),
    )
    return
  }
  const hints = [
    link.punycode === undefined
      ? undefined
      : vscode.l10n.t(
          'Careful: the name holds letters of other alphabets and may imitate a known site. Its real spelling is {0}.',
          link.punycode,
        ),
    link.hasUserInfo ? vscode.l10n.t('Careful: what stands before the @ is not the site.') : undefined,
    link.isPlain ? vscode.l10n.t('The connection to this site is not encrypted.') : undefined,
  ]
  const open = vscode.l10n.t('Open')
  const copy = vscode.l10n.t('Copy')
  const detail = [link.url, ...hints].filter((part) => part !== undefined).join('\n\n')
  const title = vscode.l10n.t('Open this link in your browser?')
  const choice = await vscode.window.showWarningMessage(title, { modal: true, detail }, open, copy)
  if (choice === open) await vscode.env.openExternal(vscode.Uri.parse(link.url, true))
  if (choice === copy) await vscode.env.clipboard.writeText(link.url)
}
