import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { SnippetBody } from '../../shared/service.ts'
import { shownName } from '../../shared/shownName.ts'
import { findDeceptions } from '../../shared/trojanSource.ts'
import type { Attachment, FileAttachment } from '../../shared/webviewProtocol.ts'
import { fileName } from '../code/filePath.ts'
import { renderCodeLines } from '../code/renderCodeLines.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import type { View } from '../view.ts'

/** What can be done with something attached. */
export interface ChipActions {
  readonly isOpen: boolean
  readonly toggle: () => void
  readonly turnIntoText: () => void
  readonly remove: () => void
}

/** How something attached is called: its file and lines, or its language. */
export function attachmentName({ t }: View, { path, lines, language }: SnippetBody): string {
  if (path === undefined) return t('codeIn', language)
  const file = shownName(path.slice(path.lastIndexOf('/') + 1))
  if (lines === undefined) return file
  return `${file}:${lines.first}${lines.first === lines.last ? '' : `–${lines.last}`}`
}

/** A snippet that is attached; open, it shows everything that leaves with it. */
export function attachmentChip(view: View, attachment: Attachment, actions: ChipActions): TemplateResult {
  if ('file' in attachment) return fileChip(view, attachment, actions)
  const { id, body, warning } = attachment
  const { t } = view
  const name = attachmentName(view, body)
  const details = `attachment-${String(id)}`
  return html`<li class="attachment">
    <div class="attachment-head">
      <button
        type="button"
        class="attachment-name"
        title=${t('attachmentShow')}
        aria-expanded=${actions.isOpen ? 'true' : 'false'}
        aria-controls=${actions.isOpen ? details : nothing}
        @click=${actions.toggle}
      >
        ${icon(actions.isOpen ? 'chevron-down' : 'chevron-right')} ${icon('file-code')}
        <bdi>${name}</bdi>
      </button>
      ${iconButton({ icon: 'discard', label: t('attachmentToText', name), onClick: actions.turnIntoText })}
      ${iconButton({ icon: 'close', label: t('attachmentRemove', name), onClick: actions.remove })}
    </div>
    ${warning === undefined ? nothing : html`<p class="attachment-warning">${icon('warning')} <span>${warning}</span></p>`}
    ${actions.isOpen ? renderDetails(view, details, body) : nothing}
  </li>`
}

/** A file that is attached: its name and size, and how much of it is here already. */
function fileChip(view: View, { file, warning }: FileAttachment, actions: ChipActions): TemplateResult {
  const { t, sizes } = view
  const name = shownName(file.name)
  const isTaken = file.taken >= file.size
  return html`<li class="attachment">
    <div class="attachment-head">
      <span class="attachment-name" title=${name}>${icon('file')} ${fileName(view, file.name)}</span>
      <span class="file-size"
        >${isTaken ? sizes.bytes(file.size) : t('attachmentTaken', sizes.bytes(file.taken), sizes.bytes(file.size))}</span
      >
      ${iconButton({ icon: 'close', label: t('attachmentRemove', name), onClick: actions.remove })}
    </div>
    ${isTaken ? nothing : html`<progress max=${file.size} value=${file.taken} aria-label=${name}></progress>`}
    ${warning === undefined ? nothing : html`<p class="attachment-warning">${icon('warning')} <span>${warning}</span></p>`}
  </li>`
}

function renderDetails(view: View, id: string, { language, text, path, git, hash }: SnippetBody): TemplateResult {
  const { t } = view
  const facts = [
    path === undefined ? undefined : t('attachmentFile', path),
    git?.remote === undefined ? undefined : t('attachmentRepository', git.remote),
    git?.commit === undefined ? undefined : t('attachmentCommit', git.commit),
    git?.branch === undefined ? undefined : t('attachmentBranch', git.branch),
    hash === undefined ? undefined : t('attachmentHash', hash),
  ].filter((fact) => fact !== undefined)
  const code = { language, text, deceptions: findDeceptions(text) }
  return html`<div id=${id} class="attachment-details" tabindex="0" role="group" aria-label=${t('attachmentShow')}>
    <pre dir="ltr"><code>${renderCodeLines(view, code, Number.POSITIVE_INFINITY)}</code></pre>
    <ul>
      ${facts.map((fact) => html`<li>${fact}</li>`)}
    </ul>
  </div>`
}
