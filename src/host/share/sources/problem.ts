import * as vscode from 'vscode'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { codeSpan } from '../markdown.ts'
import { fileName, withoutPrivatePaths, workspacePath } from '../workspacePath.ts'
import { draftOfLines } from './selection.ts'

/** The lines that a problem marks, behind a message that says what it is. */
export async function draftOfProblem(document: vscode.TextDocument, problem: vscode.Diagnostic): Promise<Draft> {
  const { start, end } = document.validateRange(problem.range)
  const lines = new vscode.Range(start.line, 0, end.line, document.lineAt(end.line).text.length)
  const place = `${workspacePath(document.uri) ?? fileName(document.uri)}:${String(start.line + 1)}`
  const code = await draftOfLines(document, lines, vscode.l10n.t('There is nothing but space where this problem is.'))
  if (code.kind !== 'ready') return code
  const text = `**${severityWord(problem.severity)}** ${codeSpan(place)}\n\n${quoted(describe(problem))}`
  const said = { kind: 'text', text } as const
  return {
    kind: 'ready',
    what: vscode.l10n.t('a problem of {0}', fileName(document.uri)),
    bodies: [said, ...code.bodies],
    ...(code.withSurroundings === undefined ? {} : { withSurroundings: [said, ...code.withSurroundings] }),
  }
}

/** The problem that is meant where none is named: the one at the cursor, or the one of the file that the user picks. */
export async function pickProblem(editor: vscode.TextEditor | undefined): Promise<Draft> {
  if (editor === undefined) return refused(vscode.l10n.t('Open a file that has problems first.'))
  const { document, selection } = editor
  const all = vscode.languages.getDiagnostics(document.uri)
  if (all.length === 0) return refused(vscode.l10n.t('{0} has no problems.', fileName(document.uri)))
  const here = all.filter(({ range }) => range.intersection(selection) !== undefined)
  const problem = here.length === 1 ? here[0] : await pick(here.length > 1 ? here : all)
  return problem === undefined ? { kind: 'cancelled' } : draftOfProblem(document, problem)
}

async function pick(problems: readonly vscode.Diagnostic[]): Promise<vscode.Diagnostic | undefined> {
  const items = [...problems]
    .sort((a, b) => a.severity - b.severity || a.range.start.line - b.range.start.line)
    .map((problem) => ({
      label: problem.message.split('\n', 1)[0] ?? '',
      description: vscode.l10n.t('{0}, line {1}', severityWord(problem.severity), problem.range.start.line + 1),
      problem,
    }))
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which problem?') }))?.problem
}

/** Its message, and who says so. */
function describe({ message, source, code }: vscode.Diagnostic): string {
  const number = typeof code === 'object' ? code.value : code
  const origin = [source, number === undefined ? undefined : `(${String(number)})`].filter((part) => part !== undefined)
  return withoutPrivatePaths(origin.length === 0 ? message : `${message}\n${origin.join(' ')}`)
}

const quoted = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => `> ${codeSpan(line)}`)
    .join('\n>\n')

function severityWord(severity: vscode.DiagnosticSeverity): string {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return vscode.l10n.t('Error')
    case vscode.DiagnosticSeverity.Warning:
      return vscode.l10n.t('Warning')
    case vscode.DiagnosticSeverity.Information:
      return vscode.l10n.t('Information')
    case vscode.DiagnosticSeverity.Hint:
      return vscode.l10n.t('Hint')
  }
}
