import * as vscode from 'vscode'
import type { Log } from '../../core/ports/log.ts'
import type { Clones } from '../clone/clones.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { formatTime } from '../text/formatTime.ts'
import { safeName } from '../text/safeName.ts'
import { findDiscussedLines } from './discussedLines.ts'
import type { Discussion } from './discussion.ts'
import type { DiscussionBook } from './discussionBook.ts'

/** As soon as nothing more happens for so long, what is in sight is marked. */
const settleMs = 200
/** As many messages are named in one hover. */
const maxNamed = 3
const section = 'tincan'
const setting = 'discussionMarks'

export const wantsDiscussionMarks = (): boolean =>
  vscode.workspace.getConfiguration(section).get<unknown>(setting) !== false

/** Shows the marks, or hides them, in every window. */
export async function toggleDiscussionMarks(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section)
  await configuration.update(setting, !wantsDiscussionMarks(), vscode.ConfigurationTarget.Global)
}

/**
 * Marks the lines that are discussed in the editors in sight. They are found by what they hold when a file comes into
 * sight and when it is saved; while somebody types, the editor moves the marks along by itself.
 */
export function registerDiscussionMarks(init: {
  readonly extensionUri: vscode.Uri
  readonly model: ChatModel
  readonly clones: Clones
  readonly book: DiscussionBook
  readonly log: Log
}): vscode.Disposable {
  const { clones, book, model, log } = init
  const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(init.extensionUri, 'media', name)
  const mark = vscode.window.createTextEditorDecorationType({
    gutterIconSize: '80%',
    light: { gutterIconPath: icon('discussed-light.svg') },
    dark: { gutterIconPath: icon('discussed-dark.svg') },
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.commentForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  })
  const hover = vscode.window.createTextEditorDecorationType({})
  let timer: NodeJS.Timeout | undefined

  const update = async (editor: vscode.TextEditor): Promise<void> => {
    const found = wantsDiscussionMarks() ? await findDiscussedLines(clones, book, editor.document) : []
    const ranges = found.map(({ lines }) =>
      editor.document.validateRange(new vscode.Range(lines.first - 1, 0, lines.last - 1, Number.MAX_SAFE_INTEGER)),
    )
    editor.setDecorations(
      mark,
      ranges.map(({ start }) => new vscode.Range(start, start)),
    )
    editor.setDecorations(
      hover,
      found.map(({ discussions }, index) => ({
        range: ranges[index] ?? new vscode.Range(0, 0, 0, 0),
        hoverMessage: hoverTexts(model, discussions),
      })),
    )
  }
  const updateSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      Promise.all(vscode.window.visibleTextEditors.map(update)).catch((error: unknown) =>
        log.error('discussed lines could not be marked', error),
      )
    }, settleMs)
  }
  // Nothing is looked at before there are messages to look for.
  const first = model.onDidChange(({ identity, phase }) => {
    if (identity?.kind !== 'ready' || phase !== 'running') return
    first.dispose()
    updateSoon()
  })
  return vscode.Disposable.from(
    mark,
    hover,
    first,
    vscode.window.onDidChangeVisibleTextEditors(updateSoon),
    vscode.workspace.onDidSaveTextDocument(updateSoon),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${setting}`)) updateSoon()
    }),
    book.onDidChange(updateSoon),
    clones.onDidChange(updateSoon),
    { dispose: () => clearTimeout(timer) },
  )
}

/** The newest few, the newest first, and how many more there are. */
function hoverTexts(model: ChatModel, discussions: readonly Discussion[]): vscode.MarkdownString[] {
  const named = discussions.slice(-maxNamed).toReversed()
  const more = discussions.length - named.length
  const texts = named.map((discussion) => hoverText(model, discussion))
  if (more > 0) texts.push(new vscode.MarkdownString().appendText(vscode.l10n.t('And {0} earlier.', more)))
  return texts
}

/** Who sent it, when, and a way to it. Names are escaped; the only command that it can run leads to the message. */
function hoverText(
  model: ChatModel,
  { conversation, message, author, sentAt, replies }: Discussion,
): vscode.MarkdownString {
  const found = model.snapshot.conversations.find(({ id }) => id === conversation)
  const sender = found?.members.find(({ person }) => person === author)
  const time = formatTime(sentAt, vscode.env.language, Date.now())
  const sentence =
    sender === undefined
      ? vscode.l10n.t('You sent these lines to {0}, {1}.', safeName(found?.title ?? ''), time)
      : vscode.l10n.t('{0} sent these lines, {1}.', safeName(sender.name), time)
  const text = new vscode.MarkdownString('$(comment-discussion) ', true)
  text.isTrusted = { enabledCommands: ['tincan.openDiscussion'] }
  text.appendText(sentence)
  if (replies > 0)
    text.appendText(` ${replies === 1 ? vscode.l10n.t('1 answer.') : vscode.l10n.t('{0} answers.', replies)}`)
  const argument = encodeURIComponent(JSON.stringify([{ conversation, message }]))
  text.appendMarkdown(` [${vscode.l10n.t('Open in Tincan')}](command:tincan.openDiscussion?${argument})`)
  return text
}
