import { html, nothing } from 'lit'
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit'
import type { ConversationId } from '../../shared/ids.ts'
import { maxAttachments } from '../../shared/webviewProtocol.ts'
import type { Attachment } from '../../shared/webviewProtocol.ts'
import type { View } from '../view.ts'
import { attachmentChip, attachmentName } from './attachmentChip.ts'
import { droppedFiles, holdsFiles } from './droppedFiles.ts'
import { editorPaste } from './editorPaste.ts'
import { pastedFiles } from './pastedFiles.ts'

/** What the bar needs of the message field above which it stands. */
export interface AttachmentField extends ReactiveControllerHost {
  readonly view: View
  readonly conversation: ConversationId
  readonly attachments: readonly Attachment[]
  readonly textarea: HTMLTextAreaElement | null
  /** Takes a text with the caret at a place in it. */
  replaceText(text: string, caret: number): void
  focusField(): void
}

/**
 * The snippets that go out with a message. Code that is pasted from an editor becomes one by itself, and a text again by
 * its button or by Ctrl+Z; files that are dropped become some.
 */
export class AttachmentBar implements ReactiveController {
  readonly #field: AttachmentField
  readonly #open = new Set<number>()
  #known: ReadonlySet<number> = new Set()
  /** A paste that has not become an attachment yet. */
  #isPasting = false
  /** The attachment that Ctrl+Z takes back: pasted, and nothing has been written since. */
  #undoable: number | undefined
  #isDropping = false

  constructor(field: AttachmentField) {
    this.#field = field
    field.addController(this)
  }

  /** Notices what the host attached. */
  hostUpdate(): void {
    const { attachments, view } = this.#field
    const last = attachments.findLast(({ id }) => !this.#known.has(id))
    this.#known = new Set(attachments.map(({ id }) => id))
    if (last === undefined || !this.#isPasting) return
    this.#isPasting = false
    this.#undoable = last.id
    if ('body' in last) view.say(view.t('attachedPaste', attachmentName(view, last.body)))
  }

  /** The text was changed by hand: what was pasted before is not the last thing any more. */
  forgetPaste(): void {
    this.#undoable = undefined
  }

  render(): TemplateResult | typeof nothing {
    const { attachments, view } = this.#field
    if (this.#isDropping) return html`<p class="drop-hint">${view.t('dropHint')}</p>`
    if (attachments.length === 0) return nothing
    return html`<ul class="attachments" aria-label=${view.t('attachments')}>
      ${attachments.map((attachment) =>
        attachmentChip(view, attachment, {
          isOpen: this.#open.has(attachment.id),
          toggle: () => {
            this.#toggle(attachment.id)
          },
          turnIntoText: () => {
            this.#turnIntoText(attachment)
          },
          remove: () => {
            this.#remove(attachment)
          },
        }),
      )}
    </ul>`
  }

  readonly onPaste = (event: ClipboardEvent): void => {
    const { attachments, conversation, view } = this.#field
    if (this.#upload(pastedFiles(event.clipboardData))) {
      event.preventDefault()
      return
    }
    const pasted = event.clipboardData === null ? undefined : editorPaste(event.clipboardData)
    if (pasted === undefined || attachments.length >= maxAttachments) return
    event.preventDefault()
    this.#isPasting = true
    view.post({ type: 'attachText', conversation, ...pasted })
  }

  /** Whether the key took a paste back. */
  handleKey(event: KeyboardEvent): boolean {
    const attachment = this.#field.attachments.find(({ id }) => id === this.#undoable)
    const isUndo =
      event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
    if (attachment === undefined || !isUndo) return false
    event.preventDefault()
    this.#turnIntoText(attachment)
    return true
  }

  readonly onDragOver = (event: DragEvent): void => {
    if (!holdsFiles(event.dataTransfer)) return
    event.preventDefault()
    this.#setDropping(true)
  }

  readonly onDragLeave = (event: DragEvent): void => {
    const { currentTarget, relatedTarget } = event
    const isInside =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
    if (!isInside) this.#setDropping(false)
  }

  readonly onDrop = (event: DragEvent): void => {
    this.#setDropping(false)
    if (event.dataTransfer === null || !holdsFiles(event.dataTransfer)) return
    event.preventDefault()
    const { attachments, conversation, view } = this.#field
    const uris = droppedFiles(event.dataTransfer)
    if (uris.length === 0) this.#upload(Array.from(event.dataTransfer.files))
    if (uris.length > maxAttachments - attachments.length) view.say(view.t('attachedTooMany', maxAttachments))
    else if (uris.length > 0) view.post({ type: 'attachFiles', conversation, uris })
    this.#field.focusField()
  }

  /** Files of another program come with what is in them, and without a path. Whether there were any. */
  #upload(files: readonly File[]): boolean {
    const { attachments, conversation, view } = this.#field
    if (files.length === 0) return false
    if (files.length > maxAttachments - attachments.length) view.say(view.t('attachedTooMany', maxAttachments))
    else for (const file of files) void view.uploads.begin(conversation, file)
    return true
  }

  #setDropping(isDropping: boolean): void {
    if (this.#isDropping === isDropping) return
    this.#isDropping = isDropping
    this.#field.requestUpdate()
  }

  #toggle(id: number): void {
    if (!this.#open.delete(id)) this.#open.add(id)
    this.#field.requestUpdate()
  }

  #remove({ id }: Attachment): void {
    const { conversation, view } = this.#field
    view.post({ type: 'detach', conversation, id })
    this.#field.focusField()
  }

  /** Puts its text where the caret is. */
  #turnIntoText(attachment: Attachment): void {
    if (!('body' in attachment)) return
    const { conversation, textarea, view } = this.#field
    const { text } = attachment.body
    const { value, selectionStart, selectionEnd } = textarea ?? { value: '', selectionStart: 0, selectionEnd: 0 }
    this.forgetPaste()
    view.post({ type: 'detach', conversation, id: attachment.id })
    this.#field.replaceText(
      value.slice(0, selectionStart) + text + value.slice(selectionEnd),
      selectionStart + text.length,
    )
  }
}
