import * as vscode from 'vscode'
import type { LastEditor } from '../selection/lastEditor.ts'
import type { Draft } from './draft.ts'
import { groupUris, resourceUris, sourceControlRoot, testSubject, timelineUri } from './menuArguments.ts'
import { problemOf } from './problemActions.ts'
import { draftOfCallStack } from './sources/callStack.ts'
import { draftOfChanges, draftOfStaged, withRepository } from './sources/changes.ts'
import { draftOfCommit } from './sources/commit.ts'
import { draftOfFiles } from './sources/files.ts'
import { draftOfTerminal } from './sources/plainText.ts'
import { draftOfProblem, pickProblem } from './sources/problem.ts'
import { draftOfSelection } from './sources/selection.ts'
import { draftOfTest } from './sources/testFailure.ts'

/** Something that can be shared: the command for it, how a list of choices shows it, and what makes a draft of it. */
export interface ShareSource {
  readonly command: string
  readonly icon: string
  readonly label: string
  readonly detail: string
  /** `args`: what a menu hands to the command, untrusted; none: what the user is at. */
  readonly draft: (args: readonly unknown[]) => Promise<Draft>
}

/** Everything that can be shared, in the order in which it is offered. */
export function createShareSources(editor: LastEditor): readonly ShareSource[] {
  /** What a menu was opened on or, where there is no menu, the file at hand. */
  const files = (args: readonly unknown[]): readonly vscode.Uri[] => {
    const named = resourceUris(args)
    const current = editor.current?.document.uri
    return named.length > 0 || current === undefined ? named : [current]
  }
  return [
    {
      command: 'tincan.shareSelection',
      icon: 'selection',
      label: vscode.l10n.t('Selection'),
      detail: vscode.l10n.t('What is selected in the editor, with its file and lines'),
      draft: () => draftOfSelection(editor.current),
    },
    {
      command: 'tincan.shareFile',
      icon: 'file-code',
      label: vscode.l10n.t('File'),
      detail: vscode.l10n.t('The whole file in the editor, as it is there now'),
      draft: (args) => draftOfFiles(files(args)),
    },
    {
      command: 'tincan.shareChanges',
      icon: 'diff',
      label: vscode.l10n.t('Changes of the File'),
      detail: vscode.l10n.t('As a patch: the file in the working tree against the last commit'),
      draft: (args) => draftOfChanges(files(args)),
    },
    {
      command: 'tincan.shareStaged',
      icon: 'git-stash',
      label: vscode.l10n.t('Staged Changes'),
      detail: vscode.l10n.t('As a patch: what the next commit would change'),
      draft: (args) => {
        const named = resourceUris(args)
        const known = named[0] ?? groupUris(args[0])[0] ?? sourceControlRoot(args[0])
        const question = vscode.l10n.t('Share what is staged in which repository?')
        return withRepository(question, known, (repository) => draftOfStaged(repository, named))
      },
    },
    {
      command: 'tincan.shareCommit',
      icon: 'git-commit',
      label: vscode.l10n.t('Commit…'),
      detail: vscode.l10n.t('As a patch: one of the newest commits'),
      draft: (args) => {
        const uri = timelineUri(args)
        const question = vscode.l10n.t('Share a commit of which repository?')
        return withRepository(question, uri ?? sourceControlRoot(args[0]), (repository) =>
          draftOfCommit(repository, uri),
        )
      },
    },
    {
      command: 'tincan.shareProblem',
      icon: 'warning',
      label: vscode.l10n.t('Problem'),
      detail: vscode.l10n.t('An error or a warning of the file in the editor, with its lines'),
      draft: async (args) => {
        const named = await problemOf(args)
        return named === undefined ? pickProblem(editor.current) : draftOfProblem(named.document, named.problem)
      },
    },
    {
      command: 'tincan.shareTerminal',
      icon: 'terminal',
      label: vscode.l10n.t('Terminal Selection'),
      detail: vscode.l10n.t('What is selected in the terminal, such as a stack trace'),
      draft: draftOfTerminal,
    },
    {
      command: 'tincan.shareCallStack',
      icon: 'debug-alt',
      label: vscode.l10n.t('Call Stack'),
      detail: vscode.l10n.t('Where the debugger stands'),
      draft: draftOfCallStack,
    },
    {
      command: 'tincan.shareTest',
      icon: 'beaker',
      label: vscode.l10n.t('Test Failure'),
      detail: vscode.l10n.t('From the context menu of the Test Results view'),
      draft: async ([argument]) => draftOfTest(testSubject(argument)),
    },
  ]
}
