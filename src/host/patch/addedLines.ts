import type * as vscode from 'vscode'
import type { PatchPlan } from '../../shared/patch/planPatch.ts'
import { shownName } from '../../shared/shownName.ts'

/** A line that is new with a patch, or the name of a file of it, and where that is in words. */
export interface AddedLine {
  readonly text: string
  readonly place: string
}

/** The names and lines that come with what is applied of a patch: each with its file and its line there afterwards. */
export function addedLines(files: PatchPlan['files'], l10n: Pick<typeof vscode.l10n, 't'>): readonly AddedLine[] {
  return files.flatMap(({ file: { path, hunks }, parts }) => {
    if (!parts.some(({ kind }) => kind === 'applied')) return []
    const lines: AddedLine[] = [{ text: path, place: l10n.t('The name of a file') }]
    const name = shownName(path.slice(path.lastIndexOf('/') + 1))
    let grown = 0
    hunks.forEach((hunk, at) => {
      const part = parts[at]
      if (part?.kind !== 'applied') return
      let line = part.line === undefined ? hunk.newStart : part.line + grown
      for (const { kind, text } of hunk.lines) {
        if (kind === 'added') lines.push({ text, place: l10n.t('{0}, line {1}', name, line) })
        if (kind !== 'removed') line += 1
        grown += kind === 'added' ? 1 : kind === 'removed' ? -1 : 0
      }
    })
    return lines
  })
}
