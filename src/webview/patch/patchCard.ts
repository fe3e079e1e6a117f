import { html, nothing } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import type { FilePatch } from '../../shared/patch/patch.ts'
import { shownName } from '../../shared/shownName.ts'
import { findDeceptions } from '../../shared/trojanSource.ts'
import type { Message, PatchBody } from '../../shared/service.ts'
import type { PatchAction } from '../../shared/webviewProtocol.ts'
import { markDeceptions } from '../code/markDeceptions.ts'
import { reachScrolling } from '../code/reachScrolling.ts'
import { copyFeedback } from '../copyFeedback.ts'
import { holdFocus } from '../holdFocus.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import { LightElement } from '../lightElement.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'
import { cachedPatch, type ShownFile } from './cachedPatch.ts'
import { patchFile } from './patchFile.ts'
import { patchResults } from './patchResults.ts'

/** The most files that a card lists. */
const maxFiles = 40
/** A patch of one file and no more lines than this is unfolded from the start. */
const openLines = 24

/** What was asked for already: of which patch, and after which of the user's own outcomes. */
const recalled = new Set<string>()

/** Which files the user folded or unfolded: rows that scroll out of sight and back stay as they were. */
const folds = new Map<string, boolean>()

/** A patch: its title, its files with their hunks, and what can be done with it. */
export class PatchCard extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    state: { attribute: false },
    message: { attribute: false },
    body: { attribute: false },
    reachable: { attribute: false },
  }
  declare view: View
  declare state: ConversationState
  declare message: Message
  declare body: PatchBody
  /** Whether Tab reaches its buttons. */
  declare reachable: boolean
  #holdFocus: (() => void) | undefined

  protected override willUpdate(): void {
    this.#holdFocus = holdFocus(this, '.patch-actions', 'button')
  }

  protected override render(): TemplateResult {
    const { view, body } = this
    const { t } = view
    const files = cachedPatch(body.text)
    const title = body.title ?? t('patch')
    const trial = view.trials.get(this.message.id)
    const isDeceptive =
      findDeceptions(title).length > 0 ||
      files.some(({ file, deceptions }) => deceptions.length > 0 || isDeceptiveName(file))
    return html`<div class="snippet patch" role="group" aria-label=${`${t('patch')}: ${shownName(title)}`}>
      <div class="code-block">
        <div class="code-title">
          <span class="code-caption"
            >${icon('git-pull-request')}
            <span class="patch-title" title=${shownName(title)}><bdi>${markDeceptions(view, title)}</bdi></span>
          </span>
          <span class="code-actions">
            <span class="patch-total">${files.length === 1 ? t('patchFilesOne') : t('patchFiles', files.length)}</span>
            ${iconButton({
              icon: 'copy',
              label: t('copy'),
              tabIndex: this.#tabIndex,
              onClick: (event) => {
                this.#act('copy')
                copyFeedback(event, view)
              },
            })}
          </span>
        </div>
        ${isDeceptive ? html`<p class="code-warning">${icon('warning')}<span>${t('deceptive')}</span></p>` : nothing}
        ${files.length === 0 ? html`<p class="patch-note">${icon('info')} ${t('patchNothing')}</p>` : nothing}
        <ul class="patch-files">
          ${files.slice(0, maxFiles).map((shown, at) =>
            patchFile(view, {
              shown,
              trial,
              parts: trial?.files[at],
              isOpen: this.#isOpen(files, at),
              tabIndex: this.#tabIndex,
              onToggle: () => {
                folds.set(this.#keyOf(at), !this.#isOpen(files, at))
                this.requestUpdate()
              },
              onView: () => {
                this.#act('view', at)
              },
            }),
          )}
        </ul>
        ${
          files.length > maxFiles
            ? html`<p class="patch-note">${t('patchFilesMore', files.length - maxFiles)}</p>`
            : nothing
        }
        ${patchResults(view, this.state, this.message)} ${files.length === 0 ? nothing : this.#renderActions()}
      </div>
    </div>`
  }

  protected override updated(_changed: PropertyValues): void {
    this.#holdFocus?.()
    for (const lines of this.querySelectorAll<HTMLElement>('.hunk-lines')) reachScrolling(lines)
    this.#recall()
  }

  /** Asks what became of the patch here: before this view was opened, or by another one. */
  #recall(): void {
    const { author, id, results = [] } = this.message
    if (author === this.state.self) return
    const key = `${id} ${String(results.find(({ person }) => person === this.state.self)?.at ?? 0)}`
    if (recalled.has(key)) return
    recalled.add(key)
    this.#act('recall')
  }

  #renderActions(): TemplateResult {
    const { t } = this.view
    const { author, results = [] } = this.message
    const isOwn = author === this.state.self
    const outcome = results.find(({ person }) => person === this.state.self)?.outcome
    const isOver = outcome === 'applied' || outcome === 'declined'
    const button = (action: PatchAction, label: string, className: string): TemplateResult =>
      html`<button
        type="button"
        class=${className}
        tabindex=${this.#tabIndex}
        @click=${() => {
          this.#act(action)
        }}
      >
        ${label}
      </button>`
    return html`<div class="patch-actions">
      ${isOwn ? nothing : button('apply', t('patchApply'), isOver ? 'secondary' : 'primary')}
      ${button('view', t('patchView'), isOwn ? 'primary' : 'secondary')}
      ${isOwn || isOver ? nothing : button('decline', t('patchDecline'), 'secondary')}
    </div>`
  }

  get #tabIndex(): number {
    return this.reachable ? 0 : -1
  }

  #isOpen(files: readonly ShownFile[], at: number): boolean {
    const lines = files[0]?.file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0) ?? 0
    return folds.get(this.#keyOf(at)) ?? (files.length === 1 && lines <= openLines)
  }

  readonly #keyOf = (at: number): string => `${this.message.id} ${String(at)}`

  #act(action: PatchAction, file?: number): void {
    const { id } = this.state.conversation
    this.view.post({
      type: 'patch',
      action,
      conversation: id,
      message: this.message.id,
      ...(file === undefined ? {} : { file }),
    })
  }
}

const isDeceptiveName = ({ path, from = '' }: FilePatch): boolean =>
  findDeceptions(path).length > 0 || findDeceptions(from).length > 0

customElements.define('tincan-patch', PatchCard)
