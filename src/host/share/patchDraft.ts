import * as vscode from 'vscode'
import { isShown } from '../../core/body/snippetFields.ts'
import { maxPatchBytes, maxPatchTitleBytes } from '../../shared/code.ts'
import type { CodeOrigin, PatchBody } from '../../shared/code.ts'
import { maxBinaryBytes } from '../../shared/patch/binary.ts'
import { patchSections, withoutContent } from '../git/patchSections.ts'
import type { PatchSection } from '../git/patchSections.ts'
import type { GitAnswer } from '../git/runGit.ts'
import type { Draft } from './draft.ts'
import { refused } from './draft.ts'
import { kibibytes } from './words.ts'

export interface PatchSource {
  readonly answer: GitAnswer
  readonly what: string
  /** What is said where nothing changed. */
  readonly nothing: string
  readonly title?: string | undefined
  readonly origin: CodeOrigin | undefined
}

/** A draft of what git answered: as a whole or, where it is too long, of those files that the user picks. */
export async function draftOfPatch(source: PatchSource): Promise<Draft> {
  const { answer } = source
  switch (answer.kind) {
    case 'failed':
      return refused(vscode.l10n.t('Git did not answer. Its own messages are in the Git output.'))
    case 'too-large':
      return refused(vscode.l10n.t('The changes are far too long to be shared. Share fewer files.'))
    case 'not-text':
      return refused(vscode.l10n.t('The changes are in text that is not UTF-8, and cannot be shared as a patch.'))
    case 'ok':
      return fit(source, patchSections(answer.text))
  }
}

async function fit(source: PatchSource, all: readonly PatchSection[]): Promise<Draft> {
  if (all.length === 0) return refused(source.nothing)
  const sections = all.map((section) => (isTooLarge(section) ? withoutContent(section) : section))
  if (sections.every(({ binary }) => binary === 'named'))
    return refused(
      sections.length === 1
        ? vscode.l10n.t('{0} is not a text file, and too large for a patch.', sections[0]?.path ?? '')
        : vscode.l10n.t(
            'None of the {0} changed files is a text file, and all are too large for a patch.',
            sections.length,
          ),
    )
  if (bytesOf(sections) <= maxPatchBytes) return ready(source, sections)
  // Code comes first: what is no text stays behind, where the rest fits then.
  const code = sections.map((section) => (section.binary === 'content' ? withoutContent(section) : section))
  const hasCode = code.some(({ binary }) => binary === undefined)
  const bytes = bytesOf(code)
  if (hasCode && bytes <= maxPatchBytes) return ready(source, code)
  const tooLong = vscode.l10n.t(
    'The changes are too long: {0} KiB, and a patch holds {1} KiB.',
    kibibytes(hasCode ? bytes : bytesOf(sections)),
    kibibytes(maxPatchBytes),
  )
  if (sections.length === 1) return refused(`${tooLong} ${vscode.l10n.t('Share a selection of the file instead.')}`)
  const choose = vscode.l10n.t('Choose Files…')
  const answer = await vscode.window.showWarningMessage(`${tooLong} ${vscode.l10n.t('Share fewer files.')}`, choose)
  const chosen = answer === choose ? await chooseSections(sections) : []
  return chosen.length === 0 ? { kind: 'cancelled' } : fit(source, chosen)
}

/** What no patch holds, or nobody would apply. */
function isTooLarge(section: PatchSection): boolean {
  if (section.binary !== 'content') return false
  const size = Number(/^literal (\d+)$/m.exec(section.text)?.[1] ?? 0)
  return size > maxBinaryBytes || bytesOf([section]) > maxPatchBytes
}

async function chooseSections(sections: readonly PatchSection[]): Promise<readonly PatchSection[]> {
  const items = sections.map((section) => ({
    label: section.path,
    description: vscode.l10n.t('{0} KiB', kibibytes(bytesOf([section]))),
    section,
  }))
  const placeHolder = vscode.l10n.t('Which files? A patch holds {0} KiB.', kibibytes(maxPatchBytes))
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder })
  return picked?.map(({ section }) => section) ?? []
}

function ready({ what, title, origin }: PatchSource, sections: readonly PatchSection[]): Draft {
  const named = sections.filter(({ binary }) => binary === 'named').map(({ path }) => path)
  const fitting = title === undefined ? undefined : shortTitle(title)
  const body: PatchBody = {
    kind: 'patch',
    text: sections.map(({ text }) => text).join(''),
    ...(fitting === undefined ? {} : { title: fitting }),
    ...(origin === undefined ? {} : { git: origin }),
  }
  const note = vscode.l10n.t('Not text, and so named without its changes: {0}', named.join(', '))
  return { kind: 'ready', what, bodies: [body], ...(named.length === 0 ? {} : { notes: [note] }) }
}

/** As much of a title as a patch holds. `undefined` where nothing of it can be shown. */
function shortTitle(title: string): string | undefined {
  const line = title.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
  const characters = [...line]
  while (Buffer.byteLength(characters.join(''), 'utf8') > maxPatchTitleBytes) characters.length -= 1
  const short = characters.join('').trim()
  return short !== '' && isShown(short, maxPatchTitleBytes) ? short : undefined
}

const bytesOf = (sections: readonly PatchSection[]): number =>
  sections.reduce((sum, { text }) => sum + Buffer.byteLength(text, 'utf8'), 0)
