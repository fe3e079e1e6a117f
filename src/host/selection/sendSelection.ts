import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import { maxTextBytes } from '../../shared/service.ts'
import type { SnippetBody } from '../../shared/service.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { gitOrigin } from './gitOrigin.ts'
import type { LastEditor } from './lastEditor.ts'
import { snippetBody } from './snippetBody.ts'

/** Sends what is selected in the editor as a snippet, to `conversation` or to one the user picks. */
export async function sendSelection(
  init: { readonly model: ChatModel; readonly editor: LastEditor; readonly shown: OpenConversation },
  conversation?: ConversationId,
): Promise<void> {
  const body = await readSelection(init.editor)
  if (typeof body === 'string') {
    void vscode.window.showInformationMessage(body)
    return
  }
  const target = conversation ?? (await pickConversation(init.model, sendPrompt(body)))?.id
  if (target === undefined) return
  const wanted = await askAboutSecrets(body)
  if (wanted === undefined) return
  await init.model.request('message/send', { conversation: target, body: wanted })
  if (conversation === undefined) await init.shown.reveal(target)
}

function sendPrompt(body: SnippetBody): string {
  const count = body.text.split('\n').length
  const lines = count === 1 ? vscode.l10n.t('1 line') : vscode.l10n.t('{0} lines', count)
  return body.path === undefined
    ? vscode.l10n.t('Send {0} to whom?', lines)
    : vscode.l10n.t('Send {0} of {1} to whom?', lines, body.path)
}

/** The selection as a snippet, or the sentence that says why there is none. */
async function readSelection(lastEditor: LastEditor): Promise<SnippetBody | string> {
  const editor = lastEditor.current
  if (editor === undefined) return vscode.l10n.t('Open a file and select some code first.')
  const { document, selection } = editor
  const git = await gitOrigin(document.uri)
  const relativePath = pathInWorkspace(document.uri)
  const result = snippetBody({
    language: document.languageId,
    text: document.getText(selection),
    start: selection.start,
    end: selection.end,
    ...(relativePath === undefined ? {} : { relativePath }),
    ...(git === undefined ? {} : { git }),
  })
  switch (result.kind) {
    case 'ok':
      return result.body
    case 'empty':
      return vscode.l10n.t('Select some code first.')
    case 'too-long':
      return vscode.l10n.t(
        'The selection is too long: {0} KiB, and a message holds {1} KiB. Select less.',
        Math.ceil(result.bytes / 1024),
        maxTextBytes / 1024,
      )
  }
}

/** Relative to the workspace folder the file is in; `undefined` outside of every folder. */
function pathInWorkspace(uri: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri)
  if (folder === undefined) return undefined
  const root = folder.uri.path.endsWith('/') ? folder.uri.path : `${folder.uri.path}/`
  return uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined
}
