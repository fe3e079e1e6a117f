/** What can be cut, copied or pasted into without a selection of its own. */
const fields = 'textarea, input, [contenteditable]'

/**
 * Has the editor's context menu offer Cut, Copy and Paste only in a field, or where text is selected: elsewhere they do
 * nothing, and Copy would stand there twice.
 */
export function tameContextMenu({ body }: Document): void {
  body.addEventListener(
    'contextmenu',
    ({ target }) => {
      const isField = target instanceof Element && target.closest(fields) !== null
      const hasText = body.ownerDocument.getSelection()?.isCollapsed === false
      // The editor reads it as the event bubbles up to it.
      body.dataset['vscodeContext'] = JSON.stringify({ preventDefaultContextMenuItems: !isField && !hasText })
    },
    { capture: true },
  )
}
