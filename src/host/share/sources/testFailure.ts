import * as vscode from 'vscode'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { workspacePath } from '../workspacePath.ts'
import { draftOfPlainText } from './plainText.ts'
import { draftOfLines } from './selection.ts'

/** What the menus of the test views hand over: other extensions' objects, of which anything may be missing. */
export interface TestSubject {
  readonly test?: vscode.TestItem | undefined
  readonly message?: vscode.TestMessage | undefined
}

/** A failed test: its name, what it said, and where. Without a message, the code of the test. */
export async function draftOfTest({ test, message }: TestSubject): Promise<Draft> {
  if (message !== undefined) return draftOfFailure(test, message)
  if (test?.uri === undefined || test.range === undefined)
    return refused(vscode.l10n.t('Open a failure in the Test Results view, and share it from its context menu.'))
  const document = await vscode.workspace.openTextDocument(test.uri)
  const whole = new vscode.Range(test.range.start.line, 0, test.range.end.line + 1, 0)
  const draft = await draftOfLines(document, document.validateRange(whole), vscode.l10n.t('This test has no code.'))
  return draft.kind === 'ready' ? { ...draft, what: vscode.l10n.t('the test {0}', test.label) } : draft
}

function draftOfFailure(test: vscode.TestItem | undefined, message: vscode.TestMessage): Draft {
  const names: string[] = []
  for (let item = test; item !== undefined; item = item.parent) names.unshift(item.label)
  const { expectedOutput, actualOutput, location, stackTrace } = message
  const said = typeof message.message === 'string' ? message.message : message.message.value
  const parts = [
    names.join(' › '),
    location === undefined ? '' : placeOf(location.uri, location.range.start),
    said,
    expectedOutput === undefined ? '' : vscode.l10n.t('Expected: {0}', expectedOutput),
    actualOutput === undefined ? '' : vscode.l10n.t('Actual: {0}', actualOutput),
    (stackTrace ?? [])
      .map(
        ({ label, uri, position }) =>
          `    at ${label}${uri === undefined || position === undefined ? '' : ` (${placeOf(uri, position)})`}`,
      )
      .join('\n'),
  ]
  const text = withoutColours(parts.filter((part) => part !== '').join('\n'))
  return draftOfPlainText(text, vscode.l10n.t('a test failure'), vscode.l10n.t('This failure says nothing.'))
}

/** As stack traces write it. */
export const placeOf = (uri: vscode.Uri, { line, character }: vscode.Position): string =>
  `${workspacePath(uri) ?? uri.fsPath}:${String(line + 1)}:${String(character + 1)}`

/** What programs write to colour a terminal is no text. */
const withoutColours = (text: string): string => text.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
