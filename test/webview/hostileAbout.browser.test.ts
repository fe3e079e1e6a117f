/** Hostile words in everything that stands around messages: quotes, reactions, patches, forwarded lines, room lines, pins. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Message, MessageBody } from '../../src/shared/service.ts'
import { count } from '../record/tally.ts'
import {
  ada,
  bob,
  carol,
  change,
  idAt,
  message,
  page as pageOf,
  room,
  roomMembers,
  screenMessage,
} from './harness/fixtures.ts'
import { hostileNames, hostileTexts } from './harness/hostileTexts.ts'
import { useHarness, type OpenPage } from './harness/openPage.ts'
import { strangeElements, watch } from './harness/watch.ts'

/** Where somebody else's words stand. */
const around = 'article, .changes, .pinned, header, .typing'

const few = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/** A patch of a file of this name, with these words everywhere where a patch has words. */
function patchOf(name: string, words: string): MessageBody {
  const line = words.replaceAll(/[\r\n]/g, ' ')
  const path = name.replaceAll(/[\s"\\]/g, '_')
  const text = [
    `From 1f6b68a9c0ffee Mon Sep 17 00:00:00 2001`,
    `From: ${line}`,
    `Subject: [PATCH] ${line}`,
    '',
    '---',
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -1,2 +1,2 @@ ${line}`,
    ` ${line}`,
    `-${line}`,
    `+${line}!`,
    '',
  ].join('\n')
  return { kind: 'patch', text, title: line.slice(0, 100) }
}

describe('hostile words around messages', () => {
  const harness = useHarness()

  /** Shows messages a few at a time and does to them what a user may; nothing of it runs, loads, opens or goes anywhere. */
  async function showAll(
    messages: readonly Message[],
    act: (open: OpenPage) => Promise<void> = () => Promise.resolve(),
    name = 'Bob',
  ): Promise<void> {
    await harness.withPage({}, async (open) => {
      const { happened } = await watch(open.page)
      const url = open.page.url()
      for (const batch of few(messages, 6)) {
        const conversation = room({}, { members: roomMembers.map((one) => ({ ...one, name })) })
        const members = roomMembers.map((one) => (one.isSelf ? one : { ...one, name }))
        await open.send(
          screenMessage({
            kind: 'conversation',
            page: pageOf(batch, { conversation, members, pinned: batch.slice(0, 2) }),
          }),
        )
        await open.settle()
        assert.ok((await open.page.locator(around).count()) > 0)
        assert.deepEqual(await strangeElements(open.page, around), [])
        await act(open)
        assert.deepEqual(await strangeElements(open.page, around), [])
      }
      assert.deepEqual([happened, open.page.url()], [[], url])
      count({ badInputs: messages.length })
    })
  }

  it('do nothing in quotes of what was answered, nor in forwarded messages and their marks', async () => {
    const messages = hostileTexts.map((text, i) =>
      message(1 + i, {
        author: i % 2 === 0 ? bob : carol,
        body: { kind: 'text', text, replyTo: idAt(900), forwarded: true },
        quote: { author: carol, summary: text },
        edited: { at: 5, count: 3 },
      }),
    )
    await showAll(messages, async ({ page }) => {
      for (const quote of await page.locator('article .quote').all()) await quote.press('Enter')
      for (const edited of await page.locator('article .edited').all()) await edited.press('Enter')
    })
  })

  it('do nothing as emoji, which no Tincan lets through, nor as the names of those who react', async () => {
    for (const name of hostileNames) {
      const messages = few([...hostileNames, ...hostileTexts.slice(0, 24)], 3).map((some, i) =>
        message(1 + i, { reactions: some.map((emoji) => ({ emoji, people: [bob, carol, ada] })) }),
      )
      await showAll(
        messages.slice(0, 6),
        async ({ page }) => {
          for (const chip of await page.locator('article .reaction').all()) await chip.press('Enter')
        },
        name,
      )
    }
  })

  it('do nothing in the card of a patch: its title, its files, its lines and what became of it', async () => {
    const names = [
      '../../x',
      'C:\\x',
      'CON',
      '<img src=x onerror=pwned()>',
      '.vscode/tasks.json',
      'a\u202etxt.exe',
      'n'.repeat(300),
    ]
    const messages = hostileTexts.map((words, i) =>
      message(1 + i, {
        body: patchOf(names[i % names.length] ?? 'x', words),
        results: [{ person: carol, at: 7, outcome: 'applied' }],
      }),
    )
    await showAll(
      messages,
      async ({ page, settle }) => {
        for (const fold of await page.locator('article .patch-fold').all()) await fold.press('Enter')
        await settle()
      },
      '<img src=x onerror=pwned()>',
    )
  })

  it('do nothing as the title and topic of a room, in its lines, nor among what is pinned', async () => {
    const messages = [...hostileNames, ...hostileTexts].flatMap((text, i) => [
      change(2 * i + 1, bob, { change: 'title', title: text }),
      change(2 * i + 2, carol, { change: 'topic', topic: text }),
    ])
    await showAll(messages)
    for (const text of hostileNames)
      await harness.withPage({}, async (open) => {
        const { happened } = await watch(open.page)
        const shown = room({ topic: text }, { title: text, typing: [bob, carol] })
        await open.send(
          screenMessage({
            kind: 'conversation',
            page: pageOf([message(1)], { conversation: shown, members: roomMembers }),
          }),
        )
        await open.settle()
        assert.deepEqual(await strangeElements(open.page, around), [])
        assert.deepEqual(happened, [])
      })
  })

  it('do nothing where they were searched for and are marked', async () => {
    await harness.withPage({}, async (open) => {
      const { happened } = await watch(open.page)
      await open.send(screenMessage({ kind: 'conversation', page: pageOf([message(1)]) }))
      for (const [i, text] of hostileTexts.entries()) {
        const found = message(2 + i, { body: { kind: 'text', text } })
        await open.send({
          type: 'window',
          messages: [found],
          hasMore: true,
          hasNewer: true,
          reveal: found.id,
          marks: [text, text.slice(0, 5), '<', '('],
        })
        await open.settle()
        assert.deepEqual(await strangeElements(open.page, around), [])
      }
      assert.deepEqual(happened, [])
      count({ badInputs: hostileTexts.length })
    })
  })
})
