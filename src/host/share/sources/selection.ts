import * as vscode from 'vscode'
import { originOf } from '../../git/localRepository.ts'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { snippetBody, withSurroundings } from '../snippetBody.ts'
import type { Surroundings } from '../snippetBody.ts'
import { countLines, tooLong } from '../words.ts'
import { fileName, workspacePath } from '../workspacePath.ts'

/** What is selected in an editor. */
export async function draftOfSelection(editor: vscode.TextEditor | undefined): Promise<Draft> {
  if (editor === undefined) return refused(vscode.l10n.t('Open a file and select some code first.'))
  const { document, selection } = editor
  return draftOfLines(document, selection, vscode.l10n.t('Select some code first.'))
}

/** A part of a document. `nothing` says what to do where it is empty. */
export async function draftOfLines(
  document: vscode.TextDocument,
  range: vscode.Range,
  nothing: string,
): Promise<Draft> {
  const git = await originOf(document.uri)
  const relativePath = workspacePath(document.uri)
  const result = snippetBody({
    language: document.languageId,
    text: document.getText(range),
    range,
    ...(relativePath === undefined ? {} : { relativePath }),
    ...(git === undefined ? {} : { git }),
  })
  switch (result.kind) {
    case 'empty':
      return refused(nothing)
    case 'too-long':
      return refused(tooLong(result.bytes))
    case 'ok': {
      const { body } = result
      const around = withSurroundings(body, surroundingsOf(document, range))
      const what = vscode.l10n.t('{0} of {1}', countLines(body.text), fileName(document.uri))
      return {
        kind: 'ready',
        what: document.isUntitled ? countLines(body.text) : what,
        bodies: [body],
        ...(around === body ? {} : { withSurroundings: [around] }),
      }
    }
  }
}

function surroundingsOf(document: vscode.TextDocument, range: vscode.Range): Surroundings {
  const linesIn = (from: number, to: number): string[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => document.lineAt(from + i).text)
  const end = range.end.character === 0 && range.end.line > range.start.line ? range.end.line : range.end.line + 1
  return {
    before: linesIn(Math.max(0, range.start.line - nearby), range.start.line),
    after: linesIn(end, Math.min(document.lineCount, end + nearby)),
  }
}

/** More lines than go along. */
const nearby = 20
