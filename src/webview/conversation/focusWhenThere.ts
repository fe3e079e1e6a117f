import type { LightElement } from '../lightElement.ts'

/** How long a row that is to have the keyboard is waited for. */
const patienceFrames = 30

/** Puts the keyboard on the row of a key. One far away is rendered once the scroller has got there. */
export async function focusWhenThere(list: LightElement, key: string, isWanted: () => boolean): Promise<void> {
  for (let frames = 0; frames < patienceFrames && isWanted(); frames++) {
    await list.updateComplete
    const row = list.querySelector(`[data-key="${CSS.escape(key)}"]`)
    if (row !== null) {
      row.querySelector<HTMLElement>(':scope > article, .fold')?.focus({ preventScroll: true })
      return
    }
    await new Promise(requestAnimationFrame)
  }
}
