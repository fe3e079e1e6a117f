import { nothing } from 'lit'
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit'
import type { RoomMember } from '../../shared/rooms.ts'
import { completeMention, completionAt } from '../text/completeMention.ts'
import type { MentionCompletion } from '../text/completeMention.ts'
import type { View } from '../view.ts'
import { suggestionId, suggestionList, suggestionListId } from './suggestionList.ts'

/** What the picker needs of the message field it helps. */
export interface MentionField extends ReactiveControllerHost {
  readonly view: View
  readonly members: readonly RoomMember[]
  readonly textarea: HTMLTextAreaElement | null
  /** Takes a text with the caret at a place in it. */
  replaceText(text: string, caret: number): void
}

/**
 * Completes `@name` in a message field. The keyboard stays in the field, which names the list and its active option to
 * assistive technology; Up and Down choose, Enter and Tab take, Escape closes.
 */
export class MentionPicker implements ReactiveController {
  readonly #field: MentionField
  #completion: MentionCompletion | undefined
  #active = 0
  /** The `@` at which the list was closed by hand: it stays closed there. */
  #closedAt: number | undefined

  constructor(field: MentionField) {
    this.#field = field
    field.addController(this)
  }

  hostDisconnected(): void {
    this.#set(undefined)
  }

  /** The id of the list and of its active option, while it is open. */
  get listId(): string | typeof nothing {
    return this.#completion === undefined ? nothing : suggestionListId
  }
  get activeId(): string | typeof nothing {
    return this.#completion === undefined ? nothing : suggestionId(this.#active)
  }

  /** Looks at the field anew: its text or its caret may be another. */
  refresh(): void {
    const { textarea, members } = this.#field
    const isCaret = textarea !== null && textarea.selectionStart === textarea.selectionEnd
    const next = isCaret ? completionAt(textarea.value, textarea.selectionStart, members) : undefined
    if (next?.start !== this.#closedAt) this.#closedAt = undefined
    this.#set(next === undefined || next.start === this.#closedAt ? undefined : next)
  }

  close(): void {
    this.#set(undefined)
  }

  /** Whether the key was for the list. */
  handleKey(event: KeyboardEvent): boolean {
    const completion = this.#completion
    if (completion === undefined || event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey) return false
    const member = completion.members[this.#active]
    switch (event.key) {
      case 'ArrowDown':
        this.#move(1)
        break
      case 'ArrowUp':
        this.#move(-1)
        break
      case 'Enter':
      case 'Tab':
        if (member !== undefined) this.#choose(member)
        break
      case 'Escape':
        this.#closedAt = completion.start
        this.#set(undefined)
        break
      default:
        return false
    }
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  render(): TemplateResult | typeof nothing {
    if (this.#completion === undefined) return nothing
    return suggestionList(this.#field.view, this.#completion.members, this.#active, (member) => {
      this.#choose(member)
    })
  }

  #move(step: 1 | -1): void {
    const count = this.#completion?.members.length ?? 0
    this.#active = (this.#active + step + count) % count
    this.#field.requestUpdate()
  }

  #choose(member: RoomMember): void {
    const { textarea } = this.#field
    if (textarea === null || this.#completion === undefined) return
    const { text, caret } = completeMention(textarea.value, this.#completion, member)
    this.#set(undefined)
    this.#field.replaceText(text, caret)
  }

  #set(next: MentionCompletion | undefined): void {
    const before = this.#completion
    const isSame = next !== undefined && before?.start === next.start && before.end === next.end
    this.#completion = next
    if (!isSame) this.#active = 0
    else this.#active = Math.min(this.#active, next.members.length - 1)
    if (next !== undefined && before?.members.length !== next.members.length) this.#say(next.members)
    if (!isSame && (before !== undefined || next !== undefined)) this.#field.requestUpdate()
  }

  #say(members: readonly RoomMember[]): void {
    const { t, say } = this.#field.view
    const [only] = members
    say(
      members.length === 1 && only !== undefined
        ? t('mentionMatchesOne', only.name)
        : t('mentionMatches', members.length),
    )
  }
}
