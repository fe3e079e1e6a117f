import * as vscode from 'vscode'
import { maxTextBytes } from '../../../shared/service.ts'
import type { SendBody } from '../../../shared/service.ts'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { kibibytes } from '../words.ts'
import { fileName } from '../workspacePath.ts'
import { draftOfLines } from './selection.ts'

/** The most files that are shared at once. */
export const maxFiles = 10
/** The encoding of a file may take more bytes than UTF-8 does; more than this is too long in any. */
const maxFileBytes = 4 * maxTextBytes

/** Whole files, each as a message. What an editor holds and has not saved is what is shared. */
export async function draftOfFiles(uris: readonly vscode.Uri[]): Promise<Draft> {
  if (uris.length === 0) return refused(vscode.l10n.t('Open a file first, or choose one in the Explorer.'))
  if (uris.length > maxFiles)
    return refused(vscode.l10n.t('{0} files are too many to share at once: choose at most {1}.', uris.length, maxFiles))
  const bodies: SendBody[] = []
  const problems: string[] = []
  for (const uri of uris) {
    const draft = await draftOfFile(uri)
    if (draft.kind === 'ready') bodies.push(...draft.bodies)
    if (draft.kind === 'refused') problems.push(draft.sentence)
  }
  const [problem] = problems
  if (problem !== undefined && !(await goesWithout(problems, bodies.length))) return { kind: 'cancelled' }
  const [first] = uris
  const what = uris.length === 1 && first !== undefined ? fileName(first) : vscode.l10n.t('{0} files', bodies.length)
  return bodies.length === 0 ? { kind: 'cancelled' } : { kind: 'ready', what, bodies }
}

/** Says which files cannot be shared, and asks whether the others are to be. */
async function goesWithout(problems: readonly string[], others: number): Promise<boolean> {
  const answer =
    others === 1 ? vscode.l10n.t('Share the Other File') : vscode.l10n.t('Share the Other {0} Files', others)
  const picked = await vscode.window.showWarningMessage(problems.join(' '), ...(others === 0 ? [] : [answer]))
  return picked === answer
}

async function draftOfFile(uri: vscode.Uri): Promise<Draft> {
  const name = fileName(uri)
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
  const document = open ?? (await readDocument(uri))
  if (typeof document === 'string') return refused(document)
  const { lineCount } = document
  const bytes = Buffer.byteLength(document.getText(), 'utf8')
  if (bytes > maxTextBytes) return refused(fileTooLong(name, bytes))
  const whole = new vscode.Range(0, 0, lineCount, 0)
  return draftOfLines(document, document.validateRange(whole), vscode.l10n.t('{0} is empty.', name))
}

/** The document of a file, or the sentence that says why there is none. */
async function readDocument(uri: vscode.Uri): Promise<vscode.TextDocument | string> {
  const name = fileName(uri)
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri)
    if ((type & vscode.FileType.Directory) !== 0) return vscode.l10n.t('{0} is a folder: choose files in it.', name)
    if (size > maxFileBytes) return fileTooLong(name, size)
    // The editor reads a picture as text where nobody asks: a byte of zero is in no text but UTF-16's.
    const bytes = await vscode.workspace.fs.readFile(uri)
    if (isBinary(bytes)) return notText(name)
  } catch {
    return vscode.l10n.t('{0} cannot be read.', name)
  }
  try {
    return await vscode.workspace.openTextDocument(uri)
  } catch {
    return notText(name)
  }
}

/** Whether a file is a text that one message holds; what cannot be looked at is none. */
export async function isShortText(uri: vscode.Uri): Promise<boolean> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri)
    if ((type & vscode.FileType.Directory) !== 0 || size > maxTextBytes || size === 0) return false
    return !isBinary(await vscode.workspace.fs.readFile(uri))
  } catch {
    return false
  }
}

function isBinary(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return !isUtf16 && bytes.includes(0)
}

const notText = (name: string): string => vscode.l10n.t('{0} is not a text file, and only text can be shared.', name)

const fileTooLong = (name: string, bytes: number): string =>
  vscode.l10n.t(
    '{0} is too long: {1} KiB, and a message holds {2} KiB. Share a selection of it.',
    name,
    kibibytes(bytes),
    kibibytes(maxTextBytes),
  )
