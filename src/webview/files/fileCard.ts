import { html, nothing } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { maxOpenedBytes, maxShownBytes, shownAtOnceBytes, type FileAction } from '../../shared/fileProtocol.ts'
import type { FileBody, FileState } from '../../shared/files.ts'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { shownName } from '../../shared/shownName.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { fileName } from '../code/filePath.ts'
import { holdFocus } from '../holdFocus.ts'
import { icon } from '../icon.ts'
import { LightElement } from '../lightElement.ts'
import type { View } from '../view.ts'
import { bytesOfBase64url } from './base64url.ts'
import { fileWords } from './fileWords.ts'

interface Offer {
  readonly action: FileAction
  readonly icon: string
  readonly label: ViewString
}

const offers = {
  download: { action: 'download', icon: 'cloud-download', label: 'fileDownload' },
  resume: { action: 'download', icon: 'debug-start', label: 'fileResume' },
  pause: { action: 'pause', icon: 'debug-pause', label: 'filePause' },
  cancel: { action: 'cancel', icon: 'close', label: 'fileCancel' },
  save: { action: 'save', icon: 'save-as', label: 'fileSave' },
  open: { action: 'open', icon: 'go-to-file', label: 'fileOpen' },
  show: { action: 'show', icon: 'device-camera', label: 'fileShow' },
} as const satisfies Record<string, Offer>

/** A file: what it is called, how large it is, how far it is, and what can be done with it. A picture shows itself. */
export class FileCard extends LightElement {
  static override readonly properties = {
    view: { attribute: false },
    conversation: { attribute: false },
    message: { attribute: false },
    body: { attribute: false },
    reachable: { attribute: false },
  }
  declare view: View
  declare conversation: ConversationId
  declare message: MessageId
  declare body: FileBody
  declare reachable: boolean
  #stop: (() => void) | undefined
  #watched: MessageId | undefined
  #hasAsked = false
  #holdFocus: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#watched = undefined
    this.requestUpdate()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#stop?.()
    this.#watched = undefined
  }

  protected override willUpdate(): void {
    this.#holdFocus = holdFocus(this, '.file-actions', 'button')
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed)
    this.#holdFocus?.()
    if (this.#watched !== this.message) {
      this.#stop?.()
      this.#watched = this.message
      this.#hasAsked = false
      this.#stop = this.view.files.watch(this.message, () => {
        this.requestUpdate()
      })
      this.#ask('watch')
    }
    const isShownAtOnce = this.#isPicture && this.#state?.kind === 'here' && this.body.size <= shownAtOnceBytes
    if (!isShownAtOnce || this.#hasAsked || this.view.files.pictureOf(this.message) !== undefined) return
    this.#hasAsked = true
    this.#ask('show')
  }

  protected override render(): TemplateResult {
    const { t, sizes } = this.view
    const state = this.#state
    const words = state === undefined ? '' : fileWords(this.view, state)
    const name = shownName(this.body.name)
    const size = sizes.bytes(this.body.size)
    return html`<div class="file" role="group" aria-label=${t('fileLabel', name, size)}>
      ${this.#renderPicture(name)}
      <div class="file-head">
        ${icon(name !== this.body.name ? 'warning' : this.#isPicture ? 'file-media' : 'file')}
        <span class="file-name" title=${name}>${fileName(this.view, this.body.name)}</span>
        <span class="file-size">${size}</span>
      </div>
      ${this.#renderProgress(state, name)} ${words === '' ? nothing : html`<p class="file-words">${words}</p>`}
      <div class="file-actions">
        ${this.#offers(state).map(
          (offer) =>
            html`<button
              type="button"
              class="snippet-action"
              tabindex=${this.reachable ? 0 : -1}
              @click=${() => {
                this.#ask(offer.action)
              }}
            >
              ${icon(offer.icon)}<span>${t(offer.label)}</span>
            </button>`,
        )}
      </div>
    </div>`
  }

  get #state(): FileState | undefined {
    return this.view.files.stateOf(this.message)
  }

  get #isPicture(): boolean {
    return this.body.picture !== undefined || /^image\/(?:png|jpeg|gif|webp)$/.test(this.body.mediaType)
  }

  #renderPicture(name: string): TemplateResult | typeof nothing {
    const { picture } = this.body
    const whole = this.view.files.pictureOf(this.message)
    if (whole !== undefined && whole.url === undefined)
      return html`<p class="file-words">${icon('info')} ${this.view.t('pictureBroken')}</p>`
    const url = whole?.url ?? this.#thumbnailUrl
    if (url === undefined) return nothing
    return html`<img
      class="file-picture"
      src=${url}
      alt=${name}
      width=${picture?.width ?? nothing}
      height=${picture?.height ?? nothing}
      draggable="false"
    />`
  }

  get #thumbnailUrl(): string | undefined {
    const thumbnail = this.body.picture?.thumbnail
    if (thumbnail === undefined) return undefined
    return this.view.files.thumbnail(this.message, () => bytesOfBase64url(thumbnail)).url
  }

  #renderProgress(state: FileState | undefined, name: string): TemplateResult | typeof nothing {
    if (state === undefined || state.size === 0) return nothing
    const bytes = state.kind === 'here' ? state.sending?.bytes : state.bytes
    if (bytes === undefined || state.kind === 'elsewhere' || state.kind === 'gone') return nothing
    return html`<progress max=${state.size} value=${bytes} aria-label=${this.view.t('fileProgress', name)}></progress>`
  }

  #offers(state: FileState | undefined): readonly Offer[] {
    switch (state?.kind) {
      case 'elsewhere':
        return [offers.download]
      case 'coming':
      case 'waiting':
        return [offers.pause, offers.cancel]
      case 'paused':
        return [offers.resume, offers.cancel]
      case 'here': {
        const isHidden = this.#isPicture && this.view.files.pictureOf(this.message) === undefined
        const isShowable = isHidden && this.body.size > shownAtOnceBytes && this.body.size <= maxShownBytes
        const isText = /^(?:text\/|application\/(?:json|xml)$)/.test(this.body.mediaType)
        const isOpenable = isText && this.body.size <= maxOpenedBytes
        return [offers.save, ...(isShowable ? [offers.show] : []), ...(isOpenable ? [offers.open] : [])]
      }
      case 'gone':
      case undefined:
        return []
    }
  }

  #ask(action: FileAction): void {
    const { view, conversation, message } = this
    view.post({ type: 'file', action, conversation, message })
  }
}

customElements.define('tincan-file', FileCard)
