import type { MessageId } from '../../shared/ids.ts'
import { maxHidden } from '../../shared/messages.ts'

/** What the user does with the selection of messages. */
export type SelectionChange =
  /** Begins to select, where that was not begun, and puts these in or takes them out. */
  | { readonly type: 'select'; readonly messages: readonly MessageId[]; readonly isOn: boolean }
  /** Is done with it. */
  | { readonly type: 'unselect' }

/** As many as are acted on at once. */
export const maxSelected = maxHidden

/** The selection after a change. */
export function changeSelection(
  selected: ReadonlySet<MessageId> | undefined,
  change: SelectionChange,
): ReadonlySet<MessageId> | undefined {
  if (change.type === 'unselect') return undefined
  const next = new Set(selected)
  for (const id of change.messages) {
    if (!change.isOn) next.delete(id)
    else if (next.size < maxSelected) next.add(id)
  }
  return next
}

/** The selection once messages are gone. */
export function shrinkSelection(
  selected: ReadonlySet<MessageId> | undefined,
  gone: ReadonlySet<MessageId>,
): ReadonlySet<MessageId> | undefined {
  return selected && new Set([...selected].filter((id) => !gone.has(id)))
}
