import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { HeadlessPeer } from '../headless/headlessPeer.ts'
import type { SeatedPerson } from './harness/person.ts'
import { probe } from './harness/probe.ts'
import { traceFailure } from './harness/traceFailure.ts'
import { startWorld, type World } from './harness/world.ts'
import { meetCorrespondent, openTincan, setUp } from './pages/stories.ts'
import { readTimeline, scrollTimeline } from './pages/timeline.ts'
import { tincanView, type TincanView } from './pages/tincanView.ts'
import { words } from './pages/words.ts'

const count = 2_000
const batch = 100
/** The last ones come one by one. */
const followed = 20
/** Messages of many heights, so that no guess of a height is right. */
const textOf = (number: number): string => `No. ${number}. ${'A long story. '.repeat((number * 7) % 23)}`

async function atEnd(view: TincanView): Promise<void> {
  await probe('the end in sight', 30_000, async () => ((await readTimeline(view)).isAtEnd ? true : undefined))
}

describe('a conversation of two thousand messages', () => {
  let world: World
  let alice: SeatedPerson
  let bob: HeadlessPeer
  before(async () => {
    world = await startWorld(['Alice'])
    ;[alice] = world.people as [SeatedPerson]
    await setUp(alice.workbench, 'Alice')
    bob = await world.correspondent('Bob')
  })
  afterEach((t) => traceFailure(t, world))
  after(() => world.end())

  test('arrives whole, and is followed at its end', async () => {
    const conversation = await meetCorrespondent(alice.workbench, bob)
    for (let first = 1; first <= count - followed; first += batch) {
      const numbers = Array.from({ length: Math.min(batch, count - followed - first + 1) }, (_, index) => first + index)
      await Promise.all(
        numbers.map((number) =>
          bob.request('message/send', { conversation, body: { kind: 'text', text: textOf(number) } }),
        ),
      )
    }
    const view = tincanView(alice.workbench)
    await alice.workbench.sideBar.getByRole('treeitem', { name: /Bob/ }).waitFor()
    await probe('all that was written', 60_000, async () => {
      await view.log.press('End')
      return (await view.message(`No. ${count - followed}.`).isVisible()) ? true : undefined
    })
    for (let number = count - followed + 1; number <= count; number++) {
      await bob.request('message/send', { conversation, body: { kind: 'text', text: textOf(number) } })
      await view.message(`No. ${number}.`).waitFor()
      await atEnd(view)
    }
    // What was seen counts as read before the window goes away.
    await alice.workbench.sideBar.getByRole('treeitem', { name: /^(?!.*unread).*Bob.*online/ }).waitFor()
  })

  test('opens at its end', async () => {
    await alice.workbench.reload()
    await openTincan(alice.workbench)
    const view = tincanView(alice.workbench)
    await view.message(`No. ${count}.`).waitFor()
    await atEnd(view)
    await alice.workbench.picture('long-history-end')
  })

  test('moves by what is scrolled and no further while older messages are loaded above', async () => {
    const view = tincanView(alice.workbench)
    const wanted = count - 130
    const seen = new Set<number>()
    const stepPx = 160
    while (!seen.has(wanted)) {
      const { before, after } = await scrollTimeline(alice.workbench, view, -stepPx)
      for (const number of after.keys()) seen.add(number)
      const moves = [...before].flatMap(([number, top]) => {
        const now = after.get(number)
        return now === undefined ? [] : [{ number, movedPx: Math.round(now - top) }]
      })
      assert.ok(moves.length > 0, 'nothing that was in sight still is')
      const wrong = moves.filter(({ movedPx }) => Math.abs(movedPx - stepPx) > 2)
      assert.deepEqual(wrong, [], `of ${moves.length} in sight, by ${stepPx} px`)
    }
    const missed = Array.from({ length: count - wanted }, (_, index) => wanted + index).filter((one) => !seen.has(one))
    assert.deepEqual(missed, [], 'every message comes by')
    await alice.workbench.picture('long-history-middle')
  })

  test('is left at its first message by Home, however often more is loaded', async () => {
    const view = tincanView(alice.workbench)
    const beginning = view.frame.getByText(words('beginning', 'Bob'))
    await view.log.focus()
    await probe('the beginning', 60_000, async () => {
      const { oldest } = await readTimeline(view)
      if (oldest === 1 && (await beginning.isVisible())) return true
      await view.log.press('Home')
      return undefined
    })
    await view.message('No. 1.').waitFor()
    await alice.workbench.picture('long-history-beginning')
  })

  test('is back at its end with one button', async () => {
    const view = tincanView(alice.workbench)
    await view.button(words('jumpLatest')).click()
    await view.message(`No. ${count}.`).waitFor()
    await atEnd(view)
    await view.button(words('jumpLatest')).waitFor({ state: 'hidden' })
  })

  test('has seen no error and no breach of the content security policy', () => {
    assert.deepEqual(alice.browser.complaints, [])
  })
})
