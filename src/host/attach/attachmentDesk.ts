import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { Placed } from '../../shared/messages.ts'
import type { Attachment, WebviewToHost } from '../../shared/webviewProtocol.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import { scanBody } from '../guard/scanBody.ts'
import { secretSentence } from '../guard/secretWords.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Draft } from '../share/draft.ts'
import { draftOfFiles, isShortText } from '../share/sources/files.ts'
import { draftOfLines } from '../share/sources/selection.ts'
import { snippetBody } from '../share/snippetBody.ts'
import { AttachmentSender } from './attachmentSender.ts'
import { createAttachmentShelf } from './attachmentShelf.ts'
import type { AttachmentShelf } from './attachmentShelf.ts'
import { createAttachedFiles, type AttachedFiles } from '../files/attachedFiles.ts'
import { eachInTurn } from '../files/eachInTurn.ts'
import { findPasted } from './findPasted.ts'
import { openFolderUri } from './openFolderUri.ts'

/** What a conversation view asks for about what is attached to the message that is being written in it. */
export type AttachRequest = Extract<
  WebviewToHost,
  { type: 'attachText' | 'attachFiles' | 'detach' | 'sendAttachments' }
>

/** What is attached in this window, and what is done with it. */
export interface AttachmentDesk
  extends
    Disposable,
    Pick<AttachmentShelf, 'list' | 'onDidChange'>,
    Pick<AttachedFiles, 'takeIn' | 'takeThumbnail' | 'onWantsThumbnail'> {
  /** Asks which files are to be attached. */
  pickFiles(conversation: ConversationId): Promise<void>
  handle(request: AttachRequest): Promise<void>
}

export function createAttachmentDesk(model: Pick<ChatModel, 'request' | 'on'>): AttachmentDesk {
  const shelf = createAttachmentShelf()
  const files = createAttachedFiles(model, shelf)

  const attach = async (conversation: ConversationId, draft: Draft): Promise<void> => {
    if (draft.kind === 'refused') void vscode.window.showInformationMessage(draft.sentence)
    if (draft.kind !== 'ready') return
    for (const body of draft.bodies) {
      if (body.kind !== 'snippet') continue
      const findings = await scanBody(body)
      const warning = findings.length === 0 ? undefined : secretSentence(findings, vscode.l10n)
      if (shelf.add(conversation, body, warning)) continue
      void vscode.window.showInformationMessage(vscode.l10n.t('No more can be attached: send this message first.'))
      return
    }
  }

  /** Short texts as snippets, everything else as files. The view is not trusted with others than those of the open folders. */
  const attachDropped = async (conversation: ConversationId, addresses: readonly string[]): Promise<void> => {
    const uris = addresses.flatMap((address) => openFolderUri(address) ?? [])
    if (uris.length < addresses.length) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Only files of the folders that are open here can be dropped into a conversation.'),
      )
      return
    }
    await eachInTurn(uris, async (uri) => {
      if (await isShortText(uri)) await attach(conversation, await draftOfFiles([uri]))
      else await files.add(conversation, uri)
    })
  }

  const sender = new AttachmentSender<Attachment, Pick<Placed, 'replyTo' | 'thread'>>({
    list: (conversation) => shelf.list(conversation),
    async send(conversation, attachment, place) {
      if ('file' in attachment) return files.send(conversation, attachment.id, place)
      const allowed = await askAboutSecrets({ ...attachment.body, ...place })
      if (allowed !== undefined) await model.request('message/send', { conversation, body: allowed })
      return allowed !== undefined
    },
    onSent: (conversation, id) => {
      shelf.remove(conversation, id)
    },
  })
  const send = (conversation: ConversationId, thread: MessageId | undefined): Promise<void> =>
    sender.sendAll(conversation, thread === undefined ? {} : { thread, replyTo: thread })

  return {
    list: (conversation) => shelf.list(conversation),
    onDidChange: shelf.onDidChange,
    async handle(request) {
      switch (request.type) {
        case 'attachText':
          return attach(request.conversation, await draftOfPasted(request.text, request.language))
        case 'attachFiles':
          return attachDropped(request.conversation, request.uris)
        case 'detach':
          shelf.remove(request.conversation, request.id)
          return files.drop(request.id)
        case 'sendAttachments':
          return send(request.conversation, request.thread)
      }
    },
    pickFiles: (conversation) => files.pick(conversation),
    takeIn: (conversation, file) => files.takeIn(conversation, file),
    takeThumbnail: (id, picture) => files.takeThumbnail(id, picture),
    onWantsThumbnail: files.onWantsThumbnail,
    dispose: () => {
      files.dispose()
      shelf.dispose()
    },
  }
}

/** A text that was copied in an editor, with its file and lines where they can be told. */
async function draftOfPasted(text: string, language: string): Promise<Draft> {
  const open = vscode.workspace.textDocuments.map((document) => ({
    document,
    language: document.languageId,
    text: document.getText(),
    selected: vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .flatMap(({ selections }) => selections.map((selection) => document.getText(selection))),
  }))
  const found = findPasted(text, language, open)
  const nothing = vscode.l10n.t('Select some code first.')
  if (found !== undefined) {
    const { start, end } = found.place
    const range = new vscode.Range(start.line, start.character, end.line, end.character)
    return draftOfLines(found.from.document, range, nothing)
  }
  const result = snippetBody({ language, text })
  return result.kind === 'ok'
    ? { kind: 'ready', what: '', bodies: [result.body] }
    : { kind: 'refused', sentence: nothing }
}
