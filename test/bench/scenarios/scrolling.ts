import type { CDPSession, Page } from 'playwright-core'
import { ada, bob, manyMessages, page as pageOf, screenMessage } from '../../webview/harness/fixtures.ts'
import { startHarness, type OpenPage } from '../../webview/harness/openPage.ts'
import type { BenchContext } from '../context.ts'
import { ratio, target, type Section } from '../report.ts'
import { figure, percentile, repeat } from '../statistics.ts'

const pageMessages = 100
/** As fast as somebody turns a wheel who looks for something. */
const pixelsPerFrame = 120
/** A frame that comes later than this after the one before has missed its turn, at 60 a second. */
const missedAfterMs = 25

interface Scroll {
  /** Milliseconds from frame to frame. */
  readonly frames: readonly number[]
  /** What the page's own thread works for a frame, in milliseconds. */
  readonly workMs: number
  /** What scripts hold at the end, in megabytes. */
  readonly heap: number
}

/**
 * Scrolling up from the end of a long conversation, page by page as they are loaded, beside a page as long that has
 * nothing to do.
 */
export async function measureScrolling({ scale }: BenchContext): Promise<Section> {
  const { rounds, openedHistory, scrolledFrames } = scale
  const harness = await startHarness()
  try {
    const plain = await repeat(rounds, () =>
      harness.withPage({ isTimed: true }, async ({ page }) => {
        await page.evaluate(fillPlainly)
        return scrollUp(page, '.plain', scrolledFrames)
      }),
    )
    const scrolls = await repeat(rounds, () =>
      harness.withPage({ isTimed: true }, async (open) => {
        await openAtEnd(open, openedHistory)
        return scrollUp(open.page, '.log', scrolledFrames)
      }),
    )
    return describe(openedHistory, scrolls, plain)
  } finally {
    await harness.close()
  }
}

/** Shows the newest page of `count` messages, behind which the host has all the others. */
async function openAtEnd({ page, send, settle }: OpenPage, count: number): Promise<void> {
  const newest = manyMessages(Math.min(count, pageMessages), Math.max(1, count - pageMessages + 1))
  await page.evaluate(playHost, { newest, ada, bob, pageMessages })
  await send(screenMessage({ kind: 'conversation', page: pageOf(newest, { hasMore: count > pageMessages }) }))
  await settle()
}

interface HostInit {
  readonly newest: readonly object[]
  readonly ada: string
  readonly bob: string
  readonly pageMessages: number
}

/** In the page: answers as a host that has as many messages as their numbers say, made when they are asked for. */
function playHost({ newest, ada, bob, pageMessages }: HostInit): void {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  const at = (clock: number): object => ({
    ...newest[clock % newest.length],
    id: hex(clock, 12) + hex(clock, 64),
    seq: clock,
    clock,
    author: clock % 7 < 4 ? bob : ada,
  })
  window.fakeHost.answer = ({ type, request, before }) => {
    if (type !== 'loadOlder') return
    const end = Number.parseInt(String(before).slice(0, 12), 16)
    const first = Math.max(1, end - pageMessages)
    const messages = Array.from({ length: end - first }, (_, i) => at(first + i))
    window.fakeHost.send({ type: 'older', request, messages, hasMore: first > 1 })
  }
}

/** In the page: a list with room to scroll and nothing in it. */
function fillPlainly(): void {
  const list = document.createElement('div')
  list.className = 'plain'
  const content = document.createElement('div')
  Object.assign(list.style, { height: '600px', overflow: 'auto' })
  content.style.height = '3000000px'
  list.append(content)
  document.body.replaceChildren(list)
  list.scrollTop = content.offsetHeight
}

async function scrollUp(page: Page, list: string, frames: number): Promise<Scroll> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const before = await readMetric(session, 'TaskDuration')
  const times = await page.locator(list).evaluate(scrollByFrames, { frames, pixelsPerFrame })
  const workMs = ((await readMetric(session, 'TaskDuration')) - before) * (1000 / frames)
  await session.send('HeapProfiler.collectGarbage')
  return { frames: times, workMs, heap: (await readMetric(session, 'JSHeapUsedSize')) / 1e6 }
}

async function readMetric(session: CDPSession, wanted: string): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  const metric = metrics.find(({ name }) => name === wanted)
  if (metric === undefined) throw new Error(`The browser does not measure ${wanted}`)
  return metric.value
}

/** In the page: scrolls a list up at each frame, and tells how long after the one before each came. */
function scrollByFrames(
  list: Element,
  { frames, pixelsPerFrame }: { readonly frames: number; readonly pixelsPerFrame: number },
): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const times: number[] = []
    const begin = list.scrollTop
    let last: number | undefined
    const onFrame = (now: number): void => {
      if (last !== undefined) times.push(now - last)
      last = now
      if (times.length === frames) {
        if (list.scrollTop === begin) reject(new Error('The list does not scroll'))
        else resolve(times)
        return
      }
      list.scrollTop -= pixelsPerFrame
      requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)
  })
}

function describe(messages: number, scrolls: readonly Scroll[], plain: readonly Scroll[]): Section {
  const of = (all: readonly Scroll[], read: (scroll: Scroll) => number) => figure(all.map(read))
  const missed = ({ frames }: Scroll): number =>
    (100 * frames.filter((ms) => ms > missedAfterMs).length) / frames.length
  const slowest = ({ frames }: Scroll): number => percentile(frames, 0.99)
  const work = of(scrolls, ({ workMs }) => workMs)
  const heap = of(scrolls, ({ heap }) => heap)
  const frame = of(scrolls, slowest)
  return {
    title: `Scrolling (${messages.toLocaleString('en')} messages)`,
    entries: [
      {
        name: 'from frame to frame, p99, beside an empty page',
        unit: 'ms',
        figure: frame,
        raw: of(plain, slowest),
        ratio: ratio(frame, of(plain, slowest)),
      },
      {
        name: 'frames that miss their turn at 60 a second',
        unit: 'of 100',
        figure: of(scrolls, missed),
        raw: of(plain, missed),
        target: target('at most 1', of(scrolls, missed).median <= 1),
      },
      {
        name: 'work for a frame',
        unit: 'ms',
        figure: work,
        raw: of(plain, ({ workMs }) => workMs),
        target: target('under 16 ms', work.median < 16),
      },
      {
        name: 'what the view holds afterwards',
        unit: 'MB',
        figure: heap,
        raw: of(plain, (scroll) => scroll.heap),
        target: target('at most 50 MB', heap.median <= 50),
      },
    ],
  }
}
