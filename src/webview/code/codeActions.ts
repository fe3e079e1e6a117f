import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { isShellLanguage } from '../../shared/shellLanguage.ts'
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

/** What can be done with any piece of code; the terminal is for scripts alone. */
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
    ${iconButton({ icon: 'link-external', label: view.t('open'), tabIndex, onClick: () => act('open') })}
    ${iconButton({ icon: 'diff', label: view.t('compare'), tabIndex, onClick: () => act('compare') })}
    ${
      isShellLanguage(code.language)
        ? iconButton({ icon: 'terminal', label: view.t('terminal'), tabIndex, onClick: () => act('terminal') })
        : nothing
    }
  </span>`
}
