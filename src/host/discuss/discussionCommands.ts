import * as vscode from 'vscode'
import type { Log } from '../../core/ports/log.ts'
import { parseConversationId, parseMessageId } from '../../shared/ids.ts'
import type { Boundary } from '../boundary.ts'
import type { Clones } from '../clone/clones.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { ConversationView } from '../view/conversationView.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { findDiscussedLines } from './discussedLines.ts'
import { createDiscussionBook } from './discussionBook.ts'
import type { DiscussionBook } from './discussionBook.ts'
import { registerDiscussionMarks, toggleDiscussionMarks } from './discussionMarks.ts'

/** Discussed lines in the user's own editors: marks, hovers, and the ways from one to the next and to its message. */
export function registerDiscussions(
  extensionUri: vscode.Uri,
  init: {
    readonly boundary: Boundary
    readonly model: ChatModel
    readonly clones: Clones
    readonly shown: OpenConversation
    readonly view: ConversationView
    readonly log: Log
  },
): vscode.Disposable {
  const { boundary, model, clones, log } = init
  const book = createDiscussionBook({ model, log })
  return vscode.Disposable.from(
    book,
    registerDiscussionMarks({ extensionUri, model, clones, book, log }),
    boundary.command('tincan.nextDiscussion', () => goToNext(clones, book)),
    boundary.command('tincan.toggleDiscussionMarks', toggleDiscussionMarks),
    boundary.command('tincan.openDiscussion', async (argument) => {
      const place = parsePlace(argument)
      if (place === undefined) return
      await init.shown.reveal(place.conversation)
      await init.view.reveal({ ...place, marks: [] })
    }),
  )
}

function parsePlace(argument: unknown) {
  if (typeof argument !== 'object' || argument === null) return undefined
  const { conversation: id, message: messageId } = argument as { conversation?: unknown; message?: unknown }
  const conversation = parseConversationId(id)
  const message = parseMessageId(messageId)
  return conversation === undefined || message === undefined ? undefined : { conversation, message }
}

/** Moves the cursor to the next discussed lines of the file, and behind the last to the first. */
async function goToNext(clones: Clones, book: DiscussionBook): Promise<void> {
  const editor = vscode.window.activeTextEditor
  const found = editor === undefined ? [] : await findDiscussedLines(clones, book, editor.document)
  const line = (editor?.selection.active.line ?? 0) + 1
  const next = found.find(({ lines }) => lines.first > line) ?? found[0]
  if (editor === undefined || next === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nothing in this file is discussed in Tincan.'))
    return
  }
  const start = new vscode.Position(next.lines.first - 1, 0)
  editor.selection = new vscode.Selection(start, start)
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport)
}
