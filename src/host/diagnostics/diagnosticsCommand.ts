import * as vscode from 'vscode'
import type { Boundary } from '../boundary.ts'
import type { ChatLife } from '../life/chatLife.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { diagnosticsText } from './diagnosticsText.ts'

/** The command that copies what a report about a problem needs, and nothing that is nobody's business. */
export function registerDiagnostics(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly life: Pick<ChatLife, 'leads'>
  readonly extension: vscode.Extension<unknown>
}): vscode.Disposable {
  const { boundary, model, life, extension } = init
  return boundary.command('tincan.diagnostics', async () => {
    const { version } = extension.packageJSON as { readonly version: string }
    const text = diagnosticsText(model.snapshot, {
      tincan: version,
      editor: `${vscode.env.appName} ${vscode.version}`,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      remote: vscode.env.remoteName,
      leads: life.leads,
    })
    await vscode.env.clipboard.writeText(text)
    const show = vscode.l10n.t('Show')
    const sentence = vscode.l10n.t('Versions, states and counts are on your clipboard: no names, keys or messages.')
    if ((await vscode.window.showInformationMessage(sentence, show)) !== show) return
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }))
  })
}
