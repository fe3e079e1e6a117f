import { html, nothing } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { findDeceptions } from '../../shared/trojanSource.ts'
import { icon } from '../icon.ts'
import { LightElement } from '../lightElement.ts'
import type { View } from '../view.ts'
import { codeActions } from './codeActions.ts'
import { markDeceptions } from './markDeceptions.ts'
import { reachScrolling } from './reachScrolling.ts'
import { renderCodeLines } from './renderCodeLines.ts'

/** A code of more lines than this is folded to its beginning. */
export const foldLines = 20
const foldedLines = 14

/** Which codes the user unfolded: rows that scroll out of sight and back stay as they were. */
const unfolded = new Set<string>()

/** A block of code under a title line, with its actions; long ones can be folded. */
export class CodeBlock extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    language: { attribute: false },
    text: { attribute: false },
    path: { attribute: false },
    firstLine: { attribute: false },
    caption: { attribute: false },
    label: { attribute: false },
    reachable: { attribute: false },
  }
  declare view: View
  declare language: string
  declare text: string
  /** The file that the code was cut out of. */
  declare path: string | undefined
  /** The number of its first line in that file; there are no numbers without. */
  declare firstLine: number | undefined
  /** What the title line shows; the language where there is none. */
  declare caption: TemplateResult | undefined
  /** The name of the block for screen readers. */
  declare label: string
  /** Whether Tab reaches its buttons. */
  declare reachable: boolean

  protected override render(): TemplateResult {
    const { view, language, text } = this
    const shown = text.replace(/\r\n?/g, '\n')
    const count = shown.split('\n').length
    const isLong = count > foldLines
    const isFolded = isLong && !unfolded.has(text)
    const tabIndex = this.reachable ? 0 : -1
    const deceptions = findDeceptions(shown)
    const code = {
      language: language === '' ? 'plaintext' : language,
      text,
      ...(this.path === undefined ? {} : { path: this.path }),
    }
    return html`<div class="code-block" role="group" aria-label=${this.label}>
      <div class="code-title">
        <span class="code-caption"
          >${this.caption ?? html`<span class="code-language">${markDeceptions(view, language)}</span>`}</span
        >
        ${codeActions(view, code, tabIndex)}
      </div>
      ${
        deceptions.length === 0
          ? nothing
          : html`<p class="code-warning">${icon('warning')}<span>${view.t('deceptive')}</span></p>`
      }
      <pre dir="ltr" aria-label=${this.label}>${
        this.firstLine === undefined
          ? nothing
          : html`<span class="line-numbers" aria-hidden="true"
              >${lineNumbers(this.firstLine, isFolded ? foldedLines : count)}</span
            >`
      }<code>${renderCodeLines(
        view,
        { language, text: shown, deceptions },
        isFolded ? foldedLines : Number.POSITIVE_INFINITY,
      )}</code></pre>
      ${
        view.highlighter.isTooMuch(language, shown)
          ? html`<p class="code-plain">
              <span>${view.t('tooMuch')}</span>
              <button
                type="button"
                class="link"
                tabindex=${tabIndex}
                @click=${() => {
                  view.post({ type: 'code', action: 'open', ...code })
                }}
              >
                ${view.t('openInEditor')}
              </button>
            </p>`
          : nothing
      }
      ${
        isLong
          ? html`<button
              type="button"
              class="code-fold"
              tabindex=${tabIndex}
              aria-expanded=${isFolded ? 'false' : 'true'}
              @click=${this.#toggle}
            >
              ${isFolded ? view.t('showAll', count) : view.t('showLess')}
            </button>`
          : nothing
      }
    </div>`
  }

  protected override updated(_changed: PropertyValues): void {
    const pre = this.querySelector('pre')
    if (pre !== null) reachScrolling(pre)
  }

  readonly #toggle = (): void => {
    if (!unfolded.delete(this.text)) unfolded.add(this.text)
    this.requestUpdate()
  }
}

/** A column of numbers, which is neither read out nor copied. */
const lineNumbers = (first: number, count: number): string =>
  Array.from({ length: count }, (_, index) => String(first + index)).join('\n')

customElements.define('tincan-code', CodeBlock)
