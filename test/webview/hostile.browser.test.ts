import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MessageBody } from '../../src/shared/service.ts'
import { count } from '../record/tally.ts'
import { bob, conversation, message, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { hostileFiles, hostileNames, hostileTexts } from './harness/hostileTexts.ts'
import { useHarness, type OpenPage } from './harness/openPage.ts'
import { forbidden, strangeElements, watch } from './harness/watch.ts'

/** Shows bodies a few at a time, as the list keeps only what is in sight, and looks at each batch. */
async function showAll(
  { page, send, settle }: OpenPage,
  bodies: readonly MessageBody[],
  look: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < bodies.length; from += 4) {
    const messages = bodies.slice(from, from + 4).map((body, i) => message(1 + from + i, { body, author: bob }))
    await send(screenMessage({ kind: 'conversation', page: pageOf(messages) }))
    await settle()
    assert.ok((await page.locator('article').count()) > 0)
    assert.deepEqual(await strangeElements(page), [])
    await look()
  }
  count({ badInputs: bodies.length })
}

describe('content that wants to run, open, load or pose', () => {
  const harness = useHarness()

  it('does none of it in messages, not even when every link is followed, and the policy never has to step in', async () => {
    await harness.withPage({}, async (open) => {
      const { page, posted } = open
      const { happened } = await watch(page)
      const url = page.url()
      const bodies = hostileTexts.map((text): MessageBody => ({ kind: 'text', text }))
      await showAll(open, bodies, async () => {
        for (const link of await page.locator('article a').all()) {
          await link.click()
          await link.click({ modifiers: ['Control'] })
          await link.click({ button: 'middle' })
        }
        await open.settle()
      })
      assert.deepEqual([happened, page.url()], [[], url])
      const asked = (await posted()).flatMap((said) => (said.type === 'openLink' ? [said.url] : []))
      assert.ok(asked.length > 0)
      for (const target of asked) assert.match(target, /^(?:https?:\/\/|mailto:)/i)
    })
  })

  it('does none of it in shared code, whatever its language and its path say', async () => {
    await harness.withPage({}, async (open) => {
      const { page } = open
      const { happened } = await watch(page)
      const bodies = hostileFiles.map((file): MessageBody => ({ kind: 'snippet', ...file }))
      const fences = hostileFiles.map(({ language, text }): MessageBody => ({
        kind: 'text',
        text: `\`\`\`${language}\n${text}\n\`\`\``,
      }))
      await showAll(open, [...bodies, ...fences], async () => {
        for (const button of await page.locator('article tincan-code button').all()) await button.press('Enter')
        await open.settle()
      })
      assert.deepEqual(happened, [])
      for (const said of await open.posted())
        assert.ok(['ready', 'highlight', 'code', 'read', 'draft'].includes(said.type), said.type)
    })
  })

  it('does none of it in the names of people', async () => {
    await harness.withPage({}, async (open) => {
      const { page, send, settle } = open
      const { happened } = await watch(page)
      for (const name of hostileNames) {
        const shown = conversation({ title: name, members: [{ person: bob, name, verified: false }] })
        await send(
          screenMessage({ kind: 'conversation', page: pageOf([message(1)], { conversation: shown, selfName: name }) }),
        )
        await settle()
        assert.deepEqual(await strangeElements(page), [])
        assert.equal(await page.locator('header').locator(forbidden).count(), 0)
      }
      count({ badInputs: hostileNames.length })
      assert.deepEqual(happened, [])
    })
  })

  it('offers to mute somebody who sends more than anybody can read', async () => {
    await harness.withPage({}, async ({ page, send, settle, waitFor }) => {
      const body: MessageBody = { kind: 'notice', notice: 'flooding', person: bob }
      await send(screenMessage({ kind: 'conversation', page: pageOf([message(1), message(2, { body })]) }))
      await settle()
      await page.getByText('Bob is sending more than anybody can read.').waitFor()
      await page.getByRole('button', { name: 'Mute…' }).click()
      await waitFor('mute')
    })
  })
})
