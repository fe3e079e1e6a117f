import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import { maxOpenedBytes, maxShownBytes, type FileToHost, type FileToWebview } from '../../shared/fileProtocol.ts'
import type { FileBody } from '../../shared/files.ts'
import { safeFileName } from '../../shared/fileName.ts'
import { showFile, whereTo } from '../archive/chooseFile.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { SnippetDocuments } from '../view/snippetDocuments.ts'
import { readFile } from './readFile.ts'

/** What is asked of a file of a conversation. */
export type FileRequest = Extract<FileToHost, { type: 'file' }>

/** Does it, and answers what the view is to show from now on, if anything. */
export type FileDesk = (request: FileRequest) => Promise<FileToWebview | undefined>

export function createFileDesk(init: {
  readonly model: Pick<ChatModel, 'request'>
  readonly documents: SnippetDocuments
}): FileDesk {
  const { model, documents } = init

  const bodyOf = async ({ conversation, message }: FileRequest): Promise<FileBody> => {
    const found = await model.request('message/get', { conversation, message })
    if (found?.body.kind !== 'file') throw chatError('unknown-message')
    return found.body
  }

  /** Where the user says, and nowhere else: the dialog asks before it replaces something. */
  const save = async (request: FileRequest): Promise<void> => {
    const { conversation, message } = request
    const { name } = await bodyOf(request)
    const place = await whereTo(safeFileName(name), {})
    if (place === undefined) return
    const title = vscode.l10n.t('Saving {0}…', safeFileName(name))
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, () =>
      model.request('file/save', { conversation, message, path: place.fsPath, replace: true }),
    )
    await showFile(vscode.l10n.t('{0} was saved.', safeFileName(name)), place)
  }

  /** A text in a document of our own scheme: read-only, and nothing of it on the disk. */
  const open = async (request: FileRequest): Promise<void> => {
    const { name, size } = await bodyOf(request)
    if (size > maxOpenedBytes) return
    const bytes = await readFile(model, request, size)
    const text = decoded(bytes)
    if (text === undefined)
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} is no text. You can save it.', safeFileName(name)))
    else await documents.open('', text, safeFileName(name))
  }

  return async (request) => {
    const { conversation, message } = request
    const state = (what: 'state' | 'download' | 'pause' | 'cancel') =>
      model
        .request(`file/${what}`, { conversation, message })
        .then((now): FileToWebview => ({ type: 'fileState', message, state: now }))
    switch (request.action) {
      case 'watch':
        return state('state')
      case 'download':
      case 'pause':
      case 'cancel':
        return state(request.action)
      case 'show': {
        const { size } = await bodyOf(request)
        if (size > maxShownBytes) return undefined
        return { type: 'fileContent', message, data: await readFile(model, request, size) }
      }
      case 'save':
        await save(request)
        return undefined
      case 'open':
        await open(request)
        return undefined
    }
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}
