import type { View } from './view.ts'

const shownMs = 1500

/** Says that something was copied, to the eye on the button that was pressed and to screen readers. */
export function copyFeedback(event: Event, view: View): void {
  view.say(view.t('copied'))
  const button = event.currentTarget
  if (!(button instanceof HTMLElement)) return
  button.classList.add('done')
  setTimeout(() => {
    button.classList.remove('done')
  }, shownMs)
}
