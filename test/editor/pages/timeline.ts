import type { Workbench } from '../harness/workbench.ts'
import type { TincanView } from './tincanView.ts'

/** What the list of messages shows now, of messages that begin with `No.` and a number. */
export interface TimelineSight {
  /** How far the end of each message in sight is from the top of the list, in px: its head may come and go. */
  readonly bottoms: ReadonlyMap<number, number>
  /** The least number in sight. */
  readonly oldest: number | undefined
  readonly isAtEnd: boolean
}

interface Sight {
  readonly bottoms: readonly (readonly [number, number])[]
  readonly isAtEnd: boolean
}

/** Looks once, after the frame that is being drawn. */
const look = `(log) => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const view = log.getBoundingClientRect()
  const bottoms = [...log.querySelectorAll('article')].flatMap((article) => {
    const { top, bottom } = article.getBoundingClientRect()
    const number = /No\\. (\\d+)\\./.exec(article.textContent)
    return number && bottom > view.top && top < view.bottom ? [[Number(number[1]), bottom - view.top]] : []
  })
  resolve({ bottoms, isAtEnd: log.scrollTop + log.clientHeight >= log.scrollHeight - 2 })
})))`

export async function readTimeline({ log }: TincanView): Promise<TimelineSight> {
  const sight: Sight = await log.evaluate(`(${look})(document.querySelector('[role="log"]'))`)
  const { bottoms, isAtEnd } = sight
  const numbers = bottoms.map(([number]) => number)
  return { bottoms: new Map(bottoms), oldest: numbers.length === 0 ? undefined : Math.min(...numbers), isAtEnd }
}

/** Turns the wheel over the list, and says where the messages were before, and are when the list has come to rest. */
export async function scrollTimeline(
  { page }: Workbench,
  view: TincanView,
  deltaPx: number,
): Promise<{ readonly before: ReadonlyMap<number, number>; readonly after: ReadonlyMap<number, number> }> {
  const before = (await readTimeline(view)).bottoms
  await view.log.hover()
  await page.mouse.wheel(0, deltaPx)
  for (let last = before, isMoving = false; ;) {
    const { bottoms } = await readTimeline(view)
    const isSame = [...bottoms].every(([number, bottom]) => last.get(number) === bottom) && bottoms.size === last.size
    if (isSame && isMoving) return { before, after: bottoms }
    isMoving ||= !isSame
    last = bottoms
  }
}
