/** A block that is wider than its place can be scrolled by keyboard too. It has a label of its own, and then that role. */
export function reachScrolling(block: HTMLElement, role: 'region' | 'group'): void {
  const scrolls = block.scrollWidth > block.clientWidth + 1
  if (scrolls) block.tabIndex = 0
  else block.removeAttribute('tabindex')
  if (scrolls) block.setAttribute('role', role)
  else block.removeAttribute('role')
}
