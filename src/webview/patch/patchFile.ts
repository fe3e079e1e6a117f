import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { PartResult } from '../../shared/patch/applyFile.ts'
import type { FilePatch } from '../../shared/patch/patch.ts'
import { shownName } from '../../shared/shownName.ts'
import type { PatchTrial } from '../../shared/patch/patchTrial.ts'
import { filePath } from '../code/filePath.ts'
import { markDeceptions } from '../code/markDeceptions.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import type { View } from '../view.ts'
import type { ShownFile } from './cachedPatch.ts'
import { partWords, refusalWords } from './partWords.ts'
import { renderHunk } from './renderHunk.ts'

/** The most lines of one file that a card shows. */
const maxLines = 300

export interface PatchFileInit {
  readonly shown: ShownFile
  readonly trial: PatchTrial | undefined
  readonly parts: readonly PartResult[] | undefined
  readonly isOpen: boolean
  readonly tabIndex: number
  readonly onToggle: () => void
  readonly onView: () => void
}

/** A file of a patch: its name and counts, and its hunks where it is unfolded. */
export function patchFile(view: View, init: PatchFileInit): TemplateResult {
  const { t } = view
  const { shown, parts, isOpen, tabIndex } = init
  const { file } = shown
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const hasLines = file.hunks.length > 0
  const isRefused = parts?.some(({ kind }) => kind === 'refused') === true
  const counts = html`<span class="patch-counts"
    ><span class="hidden">${t('patchCounts', file.added, file.removed)}</span
    ><span aria-hidden="true" class="added">+${file.added}</span
    ><span aria-hidden="true" class="removed">−${file.removed}</span></span
  >`
  const label = html`<span class="snippet-where" title=${shownName(file.path)}>${filePath(view, file.path)}</span
    >${changeWords(view, file)}
    ${isRefused || file.refusal !== undefined ? icon('warning') : nothing}${
      hasLines
        ? counts
        : file.binary === undefined
          ? nothing
          : html`<span class="patch-counts">${t('patchBinary')}</span>`
    }`
  return html`<li class="patch-file">
    <div class="patch-file-line">
      ${
        hasLines
          ? html`<button
              type="button"
              class="patch-fold"
              tabindex=${tabIndex}
              aria-expanded=${isOpen ? 'true' : 'false'}
              @click=${init.onToggle}
            >
              ${icon(isOpen ? 'chevron-down' : 'chevron-right')} ${label}
            </button>`
          : html`<span class="patch-fold">${icon('blank')} ${label}</span>`
      }
      ${
        hasLines
          ? iconButton({ icon: 'diff', label: t('patchViewFile', shownName(name)), tabIndex, onClick: init.onView })
          : nothing
      }
    </div>
    ${file.refusal === undefined ? nothing : note(t(refusalWords[file.refusal]), true)}
    ${file.refusal === undefined && !hasLines ? partNote(view, init, 0) : nothing}
    ${isOpen ? hunks(view, init) : file.refusal === undefined && hasLines ? foldedNotes(view, init) : nothing}
  </li>`
}

function hunks(view: View, init: PatchFileInit): TemplateResult {
  const { file, deceptions, starts } = init.shown
  const language = /\.([A-Za-z0-9+#-]{1,20})$/u.exec(file.path)?.[1]?.toLowerCase() ?? ''
  let left = maxLines
  const all = file.hunks.map((hunk, at) => {
    if (left <= 0) return nothing
    const lines = renderHunk(view, { hunk, language, deceptions, start: starts[at] ?? 0, maxLines: left })
    left -= hunk.lines.length
    return html`<div class="hunk">
      <div class="hunk-head">
        <span>${view.t('patchLine', Math.max(1, hunk.newStart))}</span>
        <span class="hunk-heading"><bdi>${markDeceptions(view, hunk.heading)}</bdi></span>
      </div>
      ${lines} ${file.refusal === undefined ? partNote(view, init, at) : nothing}
    </div>`
  })
  return html`${all}${left < 0 ? html`<p class="patch-note">${view.t('patchLinesMore', -left)}</p>` : nothing}`
}

function partNote(view: View, { parts, trial }: PatchFileInit, at: number): TemplateResult | typeof nothing {
  const part = parts?.[at]
  if (part === undefined || trial === undefined) return nothing
  return note(partWords(view.t, part, trial.isDone), part.kind === 'refused')
}

/** What does not fit is said of a folded file as well, each reason once. */
function foldedNotes(view: View, { parts }: PatchFileInit): unknown {
  const refused = (parts ?? []).flatMap((part) => (part.kind === 'refused' ? [part.reason] : []))
  return [...new Set(refused)].map((reason) => note(view.t(refusalWords[reason]), true))
}

const note = (sentence: string, isRefused: boolean): TemplateResult =>
  html`<p class="patch-note ${isRefused ? 'refused' : 'fits'}">${icon(isRefused ? 'warning' : 'check')} ${sentence}</p>`

function changeWords({ t }: View, { change, from }: FilePatch): TemplateResult | typeof nothing {
  const words = {
    modified: undefined,
    added: t('patchNew'),
    deleted: t('patchDeleted'),
    renamed: t('patchRenamed', shownName(from ?? '')),
    copied: t('patchCopied', shownName(from ?? '')),
  }[change]
  return words === undefined
    ? nothing
    : html`<span class="patch-change ${from === undefined ? '' : 'from'}" title=${words}><bdi>${words}</bdi></span>`
}
