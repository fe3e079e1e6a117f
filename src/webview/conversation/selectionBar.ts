import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { SelectionDeed } from '../../shared/messageProtocol.ts'
import type { MessageId } from '../../shared/ids.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import { whySilent } from '../../shared/roomRights.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

const deeds = [
  { deed: 'copy', icon: 'copy', label: 'copy' },
  { deed: 'forward', icon: 'arrow-right', label: 'forwardSelected' },
  { deed: 'hide', icon: 'eye-closed', label: 'hideSelected' },
  { deed: 'erase', icon: 'trash', label: 'eraseSelected' },
] as const satisfies readonly { readonly deed: SelectionDeed; readonly icon: string; readonly label: string }[]

/** How many messages are selected, and what can be done with them: in the place of the message field. */
export function selectionBar(
  view: View,
  state: ConversationState,
  selected: ReadonlySet<MessageId>,
  onEnd: () => void,
): TemplateResult {
  const { t } = view
  const chosen = state.messages.filter(({ id }) => selected.has(id))
  const canErase =
    whySilent(state.conversation) === undefined &&
    chosen.every(({ author, erasedBy }) => author === state.self && erasedBy === undefined)
  const button = ({ deed, icon: name, label }: (typeof deeds)[number]): TemplateResult =>
    html`<button
      type="button"
      class="selection-deed"
      title=${deed === 'erase' && !canErase ? t('eraseSelectedNot') : t(label)}
      ?disabled=${chosen.length === 0 || (deed === 'erase' && !canErase)}
      @click=${() => {
        const messages = chosen.map(({ id }) => id)
        view.post({ type: 'selection', deed, conversation: state.conversation.id, messages })
        if (deed !== 'copy') return
        view.say(t('copied'))
        onEnd()
      }}
    >
      ${icon(name)}<span>${t(label)}</span>
    </button>`
  const offered = deeds.filter(({ deed }) => deed !== 'erase' || state.conversation.isSelf !== true)
  return html`<div class="selection-bar" role="toolbar" aria-label=${t('selection')}>
    <span class="selection-count" role="status"
      >${chosen.length === 1 ? t('selectedOne') : t('selected', chosen.length)}</span
    >
    <div class="selection-deeds">${offered.map(button)}</div>
    ${iconButton({ icon: 'close', label: t('endSelecting'), onClick: onEnd })}
  </div>`
}
