import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { MessageBody } from '../../src/shared/service.ts'
import { count } from '../record/tally.ts'
import { bob, conversation, message, page as pageOf, screenMessage } from './harness/fixtures.ts'
import { hostileFiles, hostileNames, hostileTexts } from './harness/hostileTexts.ts'
import { startHarness, type Harness, type OpenPage } from './harness/openPage.ts'

/** Elements that fetch, run, frame, style or submit: none of them ever comes out of a message. */
const forbidden =
  'script,iframe,frame,object,embed,img,image,video,audio,source,svg,math,form,base,meta,link,style,template'

interface Watch {
  readonly happened: string[]
}

/** Notices everything that hostile content could achieve in a page. */
async function watch(page: Page): Promise<Watch> {
  const happened: string[] = []
  const origin = new URL(page.url()).origin
  await page.evaluate(() => {
    Object.assign(window, { pwned: () => window.fakeHost.errors.push('pwned') })
  })
  page.on('dialog', (dialog) => void dialog.dismiss())
  page.on('dialog', () => happened.push('a dialog'))
  page.on('popup', () => happened.push('a window'))
  page.on('framenavigated', (frame) => happened.push(`went to ${frame.url()}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) happened.push(`asked for ${request.url()}`)
  })
  return { happened }
}

/** What is in the list of messages that must not be. */
const strangeElements = (page: Page): Promise<string[]> =>
  page.evaluate((selector) => {
    const found = [...document.querySelectorAll('article')].flatMap((article) => [
      ...[...article.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 80)),
      ...[...article.querySelectorAll('*')].flatMap((element) =>
        element.getAttributeNames().filter((name) => name.startsWith('on') || name === 'style'),
      ),
      ...[...article.querySelectorAll('a')]
        .map((link) => link.getAttribute('href') ?? '')
        .filter((href) => !/^(?:https?:\/\/|mailto:)/i.test(href)),
    ])
    return found
  }, forbidden)

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
  let harness: Harness
  before(async () => {
    harness = await startHarness()
  })
  after(async () => {
    await harness.close()
  })

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
