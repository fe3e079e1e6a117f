import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { CodeAction } from '../../shared/webviewProtocol.ts'
import { copyFeedback } from '../copyFeedback.ts'
import { iconButton } from '../iconButton.ts'
import type { View } from '../view.ts'

/** A piece of code, and the file it was cut out of where that is known. */
export interface Code {
  readonly language: string
  readonly text: string
  readonly path?: string
}

/** Copy, Insert at Cursor and Open: what can be done with a piece of code. */
export function codeActions(view: View, code: Code, tabIndex: number): TemplateResult {
  const act = (action: CodeAction): void => {
    view.post({ type: 'code', action, ...code })
  }
  return html`<span class="code-actions">
    ${iconButton({
      icon: 'copy',
      label: view.t('copy'),
      tabIndex,
      onClick: (event) => {
        act('copy')
        copyFeedback(event, view)
      },
    })}
    ${iconButton({ icon: 'insert', label: view.t('insert'), tabIndex, onClick: () => act('insert') })}
    ${iconButton({ icon: 'go-to-file', label: view.t('open'), tabIndex, onClick: () => act('open') })}
  </span>`
}
