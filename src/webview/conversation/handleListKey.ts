import type { Row } from '../state/buildRows.ts'

/** What the keyboard can do in the list of messages. */
export interface ListKeyboard {
  readonly rows: readonly Row[]
  /** The row that has the keyboard, if one has. */
  readonly focusedKey: string | undefined
  readonly range: { readonly startIndex: number; readonly endIndex: number } | null
  readonly scrollToRow: (index: number, align: 'start' | 'auto') => void
  readonly scrollToEnd: () => void
  readonly focusRow: (key: string) => void
  readonly leave: () => void
}

/**
 * Arrow keys move from message to message, and scroll through one that is higher than the view; Home and End go to the
 * very first and last row; Escape leaves. Keys on anything inside a message but its text are left to that.
 */
export function handleListKey(event: KeyboardEvent, list: ListKeyboard): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const onPlain = event.target instanceof HTMLElement && event.target.matches('.log, article, .fold')
  switch (event.key) {
    case 'Escape':
      event.preventDefault()
      list.leave()
      return
    case 'Home':
      event.preventDefault()
      list.scrollToRow(0, 'start')
      return
    case 'End':
      event.preventDefault()
      list.scrollToEnd()
      return
    case 'ArrowUp':
    case 'ArrowDown':
      if (onPlain) moveFocus(event, list, event.key === 'ArrowUp' ? -1 : 1)
      return
    default:
  }
}

/** Puts the keyboard on the next row of a direction that takes it. Returns it; `undefined` where there is none. */
export function moveFocus(event: KeyboardEvent, list: ListKeyboard, step: 1 | -1): Row | undefined {
  const current = list.focusedKey === undefined ? -1 : list.rows.findIndex((row) => row.key === list.focusedKey)
  if (current >= 0 && hidesMore(event, step)) return undefined
  const from = current >= 0 ? current + step : step < 0 ? (list.range?.endIndex ?? 0) : (list.range?.startIndex ?? 0)
  for (let index = from; index >= 0 && index < list.rows.length; index += step) {
    const row = list.rows[index]
    if (row === undefined || !takesFocus(row)) continue
    event.preventDefault()
    list.scrollToRow(index, 'auto')
    list.focusRow(row.key)
    return row
  }
  return undefined
}

const takesFocus = (row: Row): boolean =>
  row.kind === 'message' || row.kind === 'pending' || (row.kind === 'changes' && row.isFolded !== undefined)

/** Whether the focused message goes on beyond the view in the direction of the key. */
function hidesMore({ target, currentTarget }: KeyboardEvent, step: 1 | -1): boolean {
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement)) return false
  const message = target.getBoundingClientRect()
  const view = currentTarget.getBoundingClientRect()
  if (message.height <= view.height) return false
  return step < 0 ? message.top < view.top - 1 : message.bottom > view.bottom + 1
}
