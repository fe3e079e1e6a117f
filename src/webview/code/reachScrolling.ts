/** A block that is wider than its place can be scrolled by keyboard too. It has a label of its own, and then is a group. */
export function reachScrolling(block: HTMLElement): void {
  const scrolls = block.scrollWidth > block.clientWidth + 1
  if (scrolls) block.tabIndex = 0
  else block.removeAttribute('tabindex')
  if (scrolls) block.setAttribute('role', 'group')
  else block.removeAttribute('role')
}
