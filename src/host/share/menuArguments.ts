import * as vscode from 'vscode'
import type { TestSubject } from './sources/testFailure.ts'

/**
 * What the editor's menus hand to a command. All of it is untrusted: a keyboard shortcut or another extension passes
 * anything at all. These read what counts and leave the rest.
 */

/** The files of the explorer, of an editor's tab, or of the changes in a source control view: all that are selected. */
export function resourceUris(args: readonly unknown[]): readonly vscode.Uri[] {
  const [first, second] = args
  const all = Array.isArray(second) && second.length > 0 ? (second as readonly unknown[]) : args
  // The changes come one by one, the files as a list behind the one that was pointed at.
  const found = (all.length > 0 ? all : [first]).flatMap((value) => {
    const uri = value instanceof vscode.Uri ? value : field(value, 'resourceUri')
    return uri instanceof vscode.Uri ? [uri] : []
  })
  return [...new Map(found.map((uri) => [uri.toString(), uri])).values()]
}

/** The files of a group of changes. */
export function groupUris(value: unknown): readonly vscode.Uri[] {
  const states = field(value, 'resourceStates')
  return Array.isArray(states) ? resourceUris(states as readonly unknown[]) : []
}

/** The top folder of a source control provider. */
export function sourceControlRoot(value: unknown): vscode.Uri | undefined {
  const uri = field(value, 'rootUri')
  return uri instanceof vscode.Uri ? uri : undefined
}

/** The file whose timeline an entry is of. Which entry it is, the editor tells nobody but the extension that made it. */
export function timelineUri(args: readonly unknown[]): vscode.Uri | undefined {
  const [, uri, source] = args
  return uri instanceof vscode.Uri && typeof source === 'string' ? uri : undefined
}

/** What a menu of the test views was opened on: a test, or a message and its test. */
export function testSubject(value: unknown): TestSubject {
  const [test, message] = [field(value, 'test') ?? value, field(value, 'message')]
  return {
    ...(isTest(test) ? { test } : {}),
    ...(isMessage(message) ? { message } : {}),
  }
}

function isTest(value: unknown): value is vscode.TestItem {
  const [uri, range] = [field(value, 'uri'), field(value, 'range')]
  return (
    typeof field(value, 'label') === 'string' &&
    (uri === undefined || uri instanceof vscode.Uri) &&
    (range === undefined || range instanceof vscode.Range)
  )
}

function isMessage(value: unknown): value is vscode.TestMessage {
  const said = field(value, 'message')
  return typeof said === 'string' || typeof field(said, 'value') === 'string'
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}
