/**
 * To be called before a component renders; the result after it. Where the button that had the keyboard is gone then, the
 * first of those that stand in its place has it: whoever works with the keyboard goes on from there.
 */
export function holdFocus(component: HTMLElement, actions: string): () => void {
  const focused = document.activeElement
  const isAction = focused instanceof HTMLElement && component.contains(focused) && focused.closest(actions) !== null
  return () => {
    if (isAction && !focused.isConnected) component.querySelector<HTMLElement>(`${actions} button`)?.focus()
  }
}
