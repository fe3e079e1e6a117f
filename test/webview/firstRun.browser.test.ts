import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { screenMessage } from './harness/fixtures.ts'
import { useHarness } from './harness/openPage.ts'
import { showcase } from './harness/showcase.ts'

describe('the first run, by keyboard alone', () => {
  const harness = useHarness()

  const show = (name: string) => {
    const screen = showcase[name]
    assert.ok(screen !== undefined)
    return screenMessage(screen)
  }

  it('leads from the welcome to a name, the phrase and an invite', async () => {
    await harness.withPage({ width: 300 }, async (open) => {
      const { page } = open
      await open.waitFor('ready')
      await open.send(show('welcome'))
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await open.waitFor('begin')
      await open.send(show('name'))
      assert.ok(await page.getByLabel('Your name').evaluate((field) => field === document.activeElement))
      await page.keyboard.press('Enter')
      assert.ok(await page.getByText('Enter a name.').isVisible())
      await page.keyboard.type('x'.repeat(65))
      await page.keyboard.press('Enter')
      assert.ok(await page.getByText('This name is too long').isVisible())
      await page.getByLabel('Your name').fill('  Ada   Lovelace ')
      await page.keyboard.press('Enter')
      assert.deepEqual(await open.waitFor('createIdentity'), { type: 'createIdentity', name: 'Ada Lovelace' })
      assert.ok(await page.getByRole('button', { name: 'One moment…' }).isDisabled())
      await open.send({ type: 'failed', sentence: 'The disk is full.' })
      assert.ok(await page.getByText('The disk is full.').isVisible())
      assert.equal(await page.getByLabel('Your name').getAttribute('aria-invalid'), 'true')
      await page.keyboard.press('Enter')
      await open.waitFor('createIdentity', 2)
      await open.send(show('phrase'))
      assert.equal(await page.getByRole('listitem').count(), 24)
      await page.getByRole('button', { name: 'Copy All Words' }).press('Enter')
      await open.waitFor('copyPhrase')
      await page.getByRole('button', { name: 'Remind Me Later' }).press('Enter')
      assert.deepEqual(await open.waitFor('phraseDone'), { type: 'phraseDone', written: false })
      await page.getByRole('button', { name: 'I Have Written It Down' }).press('Enter')
      assert.deepEqual(await open.waitFor('phraseDone', 2), { type: 'phraseDone', written: true })
      await open.send(show('start'))
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await open.waitFor('invite')
      await page.getByRole('button', { name: 'Join with a Link' }).press('Enter')
      await open.waitFor('join')
      await page.getByRole('button', { name: 'Bob wants to join.' }).press('Enter')
      assert.deepEqual(await open.waitFor('openWaiting'), { type: 'openWaiting', id: 'a3' })
    })
  })

  it('takes a recovery phrase however it is typed, and says what is wrong with it', async () => {
    await harness.withPage({ width: 300 }, async (open) => {
      const { page } = open
      await open.send(show('locked'))
      assert.ok(await page.getByText('Nothing was changed').isVisible())
      const field = page.getByLabel('Recovery phrase, 24 words')
      await field.fill('one two')
      await field.press('Enter')
      assert.ok(await page.getByText('A recovery phrase has 24 words. These are 2.').isVisible())
      const words = Array.from({ length: 24 }, (_, i) => 'abcdefghijklmnopqrstuvwxyz'.slice(i, i + 2))
      await field.fill(words.map((word, i) => `${String(i + 1)}. ${word.toUpperCase()}`).join('\n'))
      await page.getByRole('button', { name: 'Unlock' }).click()
      assert.deepEqual(await open.waitFor('recover'), { type: 'recover', phrase: words.join(' ') })
      await open.send({ type: 'failed', sentence: 'These words are not the recovery phrase of this identity.' })
      assert.ok(await page.getByText('These words are not').isVisible())
      assert.deepEqual(await open.accessibilityProblems(), [])
    })
  })

  it('lets somebody who has a recovery phrase come back with it', async () => {
    await harness.withPage({ width: 300 }, async (open) => {
      const { page } = open
      await open.send(show('welcome'))
      await page.getByRole('button', { name: 'I Have a Recovery Phrase' }).click()
      await open.waitFor('beginRestore')
      await open.send(show('restore'))
      const words = Array.from({ length: 24 }, (_, i) => 'abcdefghijklmnopqrstuvwxyz'.slice(i, i + 2))
      await page.getByLabel('Recovery phrase, 24 words').fill(words.join(' '))
      await page.getByRole('button', { name: 'Restore' }).click()
      assert.ok(await page.getByText('Enter a name.').isVisible())
      await page.getByLabel('Your name').fill('Ada')
      await page.getByRole('button', { name: 'Restore' }).click()
      assert.deepEqual(await open.waitFor('restore'), { type: 'restore', phrase: words.join(' '), name: 'Ada' })
      await open.send({ type: 'failed', sentence: 'These words are not a recovery phrase.' })
      assert.ok(await page.getByText('These words are not').isVisible())
      assert.deepEqual(await open.accessibilityProblems(), [])
      await page.getByRole('button', { name: 'Start with a New Identity' }).click()
      await open.waitFor('begin')
    })
  })

  it('ignores messages that it does not know', async () => {
    await harness.withPage({}, async (open) => {
      await open.send(show('welcome'))
      await open.page.evaluate(() => {
        for (const value of [null, 7, 'screen', {}, { type: 'toString' }, { type: 7 }]) window.fakeHost.send(value)
      })
      await open.settle()
      assert.ok(await open.page.getByText('Two tin cans and one string.').isVisible())
    })
  })
})
