import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordingItems } from '../../../src/host/messages/wordingItems.ts'
import { count } from '../../record/tally.ts'
import { hostileNames, hostileTexts } from '../../webview/harness/hostileTexts.ts'

test('wordings are listed with the newest first, each in one line, and whole where it is copied', () => {
  const items = wordingItems(
    [
      { at: 0, text: 'the first\nwording' },
      { at: 1, text: 'the last' },
    ],
    'en',
  )
  assert.deepEqual(
    items.map(({ label, text }) => [label, text]),
    [
      ['the last', 'the last'],
      ['the first wording', 'the first\nwording'],
    ],
  )
})

test('whatever somebody wrote, a row shows no icon, no second line and nothing that turns it', () => {
  const texts = [...hostileTexts, ...hostileNames, '$(trash) $(sync~spin)', 'a\u2028b\u2066c\u202ed']
  for (const { label } of wordingItems(
    texts.map((text) => ({ at: 0, text })),
    'en',
  )) {
    assert.ok(!label.includes('$('), label)
    assert.doesNotMatch(label, /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u)
    assert.ok(label.replace(/\[U\+[0-9A-F]+\]/g, '·').length <= 120)
  }
  count({ badInputs: texts.length })
})
