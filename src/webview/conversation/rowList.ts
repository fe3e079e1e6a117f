import {
  Virtualizer,
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
} from '@tanstack/virtual-core'
import type { VirtualItem } from '@tanstack/virtual-core'
import type { Row } from '../state/buildRows.ts'
import { estimateRow } from './estimateRow.ts'

/** As close to the end as this counts as at the end: the list follows what comes. */
export const endThresholdPx = 48

/** Room left above a row that the list jumps to. */
const jumpMarginPx = 40
const overscan = 6

interface Anchor {
  readonly key: string
  readonly index: number
  /** From the top of the view to the top of its row. */
  readonly distance: number
  readonly topPx: number | undefined
}

/**
 * The rows that are in sight, of a list that holds its place: at the end it stays at the end while rows come and grow;
 * anywhere else the message that is read stays where it is, whatever is added above or below.
 */
export class RowList {
  readonly #scroller: () => HTMLElement | null
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>
  #rows: readonly Row[] = []
  /** Rows of which the height is no guess any more. */
  readonly #measured = new Set<VirtualItem['key']>()
  /** The row that has the keyboard: kept in the page even when it is out of sight. */
  #keptKey: string | undefined
  /** The message whose place in the view is held while rows above it come, go and are measured. */
  #held: { readonly key: string; readonly topPx: number } | undefined
  /** Where the scroller goes once the rows of this turn are in the page. */
  #nextOffset: number | undefined
  /** The end stays in sight, whatever comes and grows. Only the user's scrolling up, or a jump to a row, ends that. */
  #follows = false
  #isOpenEnded = false
  #lastTopPx = 0

  constructor(scroller: () => HTMLElement | null, onChange: () => void) {
    this.#scroller = scroller
    this.#virtualizer = new Virtualizer(this.#options(onChange))
    // Whichever way the list is scrolled: a message that lost its name out of sight is lower when it comes near again.
    this.#virtualizer.shouldAdjustScrollPositionOnItemSizeChange = ({ key, start, end }, _delta, { scrollOffset }) => {
      const top = scrollOffset ?? 0
      const isFirst = !this.#measured.has(key)
      this.#measured.add(key)
      return isFirst ? start < top : end <= top
    }
    this.#onChange = onChange
  }

  readonly #onChange: () => void

  get items(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems()
  }

  get isAtEnd(): boolean {
    return !this.#isOpenEnded && this.#isAtLastRow
  }

  get #isAtLastRow(): boolean {
    return this.#follows || this.#virtualizer.isAtEnd(endThresholdPx)
  }

  /** The indices of the first and last row in sight. */
  get range(): { readonly startIndex: number; readonly endIndex: number } | null {
    return this.#virtualizer.range
  }

  /** Takes the rows of this turn, before they are rendered. `isOpenEnded`: further ones follow, so that there is no end to stay at. */
  setRows(rows: readonly Row[], keptKey: string | undefined, isOpenEnded: boolean): void {
    this.#keptKey = keptKey
    this.#isOpenEnded = isOpenEnded
    if (isOpenEnded) this.#follows = false
    if (rows === this.#rows) return
    const anchor = this.#anchor()
    this.#rows = rows
    this.#virtualizer.setOptions(this.#options(this.#onChange))
    this.#virtualizer.getTotalSize()
    if (anchor !== undefined) this.#restore(anchor)
  }

  /** Places the rendered rows, and the scroller where it must go. After each rendering. */
  place(spacer: HTMLElement): void {
    const virtualizer = this.#virtualizer
    spacer.style.height = `${String(virtualizer.getTotalSize())}px`
    const starts = new Map(virtualizer.getVirtualItems().map((item) => [item.index, item.start]))
    const rows = [...spacer.children].filter((child) => child instanceof HTMLElement)
    for (const row of rows) {
      row.style.transform = `translateY(${String(starts.get(Number(row.dataset['index'])) ?? 0)}px)`
    }
    virtualizer._willUpdate()
    const scroller = this.#scroller()
    if (this.#nextOffset !== undefined && scroller !== null) scroller.scrollTop = this.#nextOffset
    this.#nextOffset = undefined
    this.#correct()
    this.#follow()
    virtualizer.measureElement(null)
    for (const row of rows) virtualizer.measureElement(row)
  }

  scrollToEnd(): void {
    this.#follows = true
    this.#virtualizer.scrollToEnd()
  }

  /** Shows a row; at the top unless it is in sight already and `align` is `auto`. */
  scrollToRow(index: number, align: 'start' | 'auto'): void {
    this.#follows = false
    this.#virtualizer.scrollToIndex(index, { align })
  }

  /** Leaves a row where it is while it grows or shrinks, which the user asked for. */
  holdRow(key: string): void {
    this.#follows = false
    const topPx = this.#topOf(key)
    if (topPx !== undefined) this.#hold(key, topPx)
  }

  /**
   * The scroller moved: by the user, or by this list, which only ever moves it up to rows that it was told to show. The
   * scroller says so itself a frame later, which is too late for somebody who scrolls and presses at once.
   */
  noticeScroll(): void {
    const scroller = this.#scroller()
    if (scroller === null) return
    const { scrollTop, scrollHeight, clientHeight } = scroller
    if (scrollHeight - clientHeight - scrollTop <= endThresholdPx) this.#follows = !this.#isOpenEnded
    else if (scrollTop < this.#lastTopPx) this.#follows = false
    this.#lastTopPx = scrollTop
  }

  /** Starts watching the scroller; the result ends it. */
  connect(): () => void {
    return this.#virtualizer._didMount()
  }

  /** Puts the scroller at its end, as long as the list follows. */
  #follow(): void {
    const scroller = this.#scroller()
    if (!this.#follows || scroller === null) return
    scroller.scrollTop = scroller.scrollHeight
    this.#virtualizer.scrollOffset = this.#lastTopPx = scroller.scrollTop
  }

  /** The first message in sight, and how far its top is from the top of the view. */
  #anchor(): Anchor | undefined {
    const { range, scrollOffset } = this.#virtualizer
    if (range === null || scrollOffset === null || this.isAtEnd) return undefined
    for (let index = range.startIndex; index <= range.endIndex; index++) {
      const row = this.#rows[index]
      const item = this.#virtualizer.measurementsCache[index]
      if (row === undefined || item === undefined || !isAnchor(row)) continue
      return { key: row.key, index, distance: item.start - scrollOffset, topPx: this.#topOf(row.key) }
    }
    return undefined
  }

  #restore({ key, index, distance, topPx }: Anchor): void {
    const now = this.#rows.findIndex((row) => row.key === key)
    const item = this.#virtualizer.measurementsCache[now]
    if (item === undefined || now === index) return
    if (topPx !== undefined) this.#hold(key, topPx)
    const offset = Math.max(0, item.start - distance)
    if (offset === this.#virtualizer.scrollOffset) return
    this.#virtualizer.scrollOffset = offset
    this.#nextOffset = offset
  }

  /** Until the new rows above are measured, which takes a frame or two. */
  #hold(key: string, topPx: number): void {
    const held = { key, topPx }
    this.#held = held
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        if (this.#held === held) this.#held = undefined
      })
    })
  }

  /** Moves the scroller so that the held message is where it was: its own row may have lost its name or its day above it. */
  #correct(): void {
    const scroller = this.#scroller()
    const topPx = this.#held === undefined ? undefined : this.#topOf(this.#held.key)
    if (scroller === null || this.#held === undefined || topPx === undefined) return
    const movedPx = topPx - this.#held.topPx
    if (Math.abs(movedPx) < 1) return
    scroller.scrollTop += movedPx
    this.#virtualizer.scrollOffset = scroller.scrollTop
  }

  /** Where the text of a rendered message stands in the window. */
  #topOf(key: string): number | undefined {
    const row = this.#scroller()?.querySelector(`[data-key="${CSS.escape(key)}"]`)
    return (row?.querySelector('.body') ?? row)?.getBoundingClientRect().top
  }

  #options(onChange: () => void): ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0] {
    const rows = this.#rows
    return {
      count: rows.length,
      getScrollElement: this.#scroller,
      estimateSize: (index) => {
        const row = rows[index]
        return row === undefined ? 0 : estimateRow(row, this.#scroller()?.clientWidth ?? 300)
      },
      getItemKey: (index) => rows[index]?.key ?? index,
      scrollToFn: elementScroll,
      // The list may become lower or higher while the same rows are in sight: its end is to stay in sight all the same.
      observeElementRect: (instance, onRect) =>
        observeElementRect(instance, (rect) => {
          onRect(rect)
          onChange()
        }),
      observeElementOffset: (virtualizer, onOffset) =>
        observeElementOffset(virtualizer, (offset, isScrolling) => {
          this.noticeScroll()
          onOffset(offset, isScrolling)
        }),
      onChange,
      overscan,
      anchorTo: this.#isOpenEnded ? 'start' : 'end',
      scrollEndThreshold: endThresholdPx,
      scrollPaddingStart: jumpMarginPx,
      rangeExtractor: (range) => {
        const indices = defaultRangeExtractor(range)
        const kept = this.#keptKey === undefined ? -1 : rows.findIndex((row) => row.key === this.#keptKey)
        if (kept < 0 || indices.includes(kept)) return indices
        return [...indices, kept].sort((a, b) => a - b)
      },
    }
  }
}

/** Whether a row stays itself while others come and go around it. */
const isAnchor = ({ kind }: Row): boolean => kind === 'message' || kind === 'notice' || kind === 'changes'
