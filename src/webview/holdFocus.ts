/**
 * To be called before a component renders; the result after it. Where the button that had the keyboard is gone then, the
 * group that it was in (`group`, a selector) has it, or what `next` selects there: whoever works with the keyboard goes on
 * from the same place.
 */
export function holdFocus(component: HTMLElement, group: string, next?: string): () => void {
  const focused = document.activeElement
  const own = focused instanceof HTMLElement && component.contains(focused) ? focused.closest(group) : null
  const place = [...component.querySelectorAll(group)].findIndex((one) => one === own)
  return () => {
    if (place < 0 || focused?.isConnected !== false) return
    const present = [...component.querySelectorAll<HTMLElement>(group)][place]
    const heir = next === undefined ? present : present?.querySelector<HTMLElement>(next)
    heir?.focus()
  }
}
