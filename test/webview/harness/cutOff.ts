import type { Page } from 'playwright-core'

/**
 * What cannot be seen or reached for want of room, in words: a page that is wider than its place, controls that are cut
 * off at a side or lie under something else (a list of suggestions, which comes and goes, may cover some), and text that ends without an ellipsis.
 */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const problems: string[] = []
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.ariaLabel ?? element.textContent).trim().slice(0, 40)}”`
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) problems.push(`it is ${String(root.scrollWidth)} pixels wide`)

    /** For the eyes of nobody: sentences for screen readers. */
    const isUnseen = (element: Element): boolean =>
      !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ||
      element.closest('.hidden') !== null ||
      element.clientWidth <= 1

    for (const element of document.querySelectorAll<HTMLElement>(
      'button, a[href], input, textarea, select, [role="option"], summary',
    )) {
      if (isUnseen(element)) continue
      const own = element.getBoundingClientRect()
      const [x, y] = [(own.left + own.right) / 2, (own.top + own.bottom) / 2]
      let isScrolled = false
      let isScrolledAway = x < 0 || y < 0 || x > innerWidth || y > innerHeight
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(at)
        isScrolled ||= overflowY === 'auto' || overflowY === 'scroll'
        if (overflowX === 'visible') continue
        const box = at.getBoundingClientRect()
        isScrolledAway ||= y < box.top || y > box.bottom || x < box.left || x > box.right
        const isBeyond = own.left < box.left - 1 || own.right > box.right + 1
        if (isBeyond && !(at.scrollWidth > at.clientWidth && overflowX !== 'hidden' && overflowX !== 'clip'))
          problems.push(`${nameOf(element)} is cut off by ${nameOf(at)}`)
      }
      if (!isScrolled && (own.top < -1 || own.bottom > innerHeight + 1))
        problems.push(`${nameOf(element)} is beyond the edge, at ${String(Math.round(own.bottom))}`)
      const above = isScrolledAway ? null : document.elementFromPoint(x, y)
      if (
        above !== null &&
        !element.contains(above) &&
        !above.contains(element) &&
        above.closest('[role="listbox"]') === null
      )
        problems.push(`${nameOf(element)} lies under ${nameOf(above)}`)
    }

    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const { overflowX, textOverflow } = getComputedStyle(element)
      if (overflowX !== 'hidden' && overflowX !== 'clip') continue
      if (isUnseen(element) || element.scrollWidth <= element.clientWidth + 1) continue
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '')
      if (hasText && textOverflow !== 'ellipsis') problems.push(`${nameOf(element)} is cut hard`)
    }
    return problems
  })
