import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseShownLink } from '../../../src/host/view/linkWarning.ts'

test('a plain link is shown whole, without a warning', () => {
  assert.deepEqual(parseShownLink('https://example.com/a?b=c#d'), {
    url: 'https://example.com/a?b=c#d',
    hasUserInfo: false,
    isPlain: false,
  })
})

test('a host with letters of another alphabet is shown with its real spelling', () => {
  assert.equal(parseShownLink('https://аррӏе.com/')?.punycode, 'xn--80ak6aa92e.com')
  assert.equal(parseShownLink('https://xn--80ak6aa92e.com/')?.punycode, 'xn--80ak6aa92e.com')
})

test('a user name that poses as a host is noticed', () => {
  assert.equal(parseShownLink('https://bank.example@evil.example/')?.hasUserInfo, true)
})

test('an unencrypted link is noticed', () => {
  assert.equal(parseShownLink('http://example.com')?.isPlain, true)
})

test('links that would act inside the editor or the machine are never opened', () => {
  for (const text of [
    'command:workbench.action.terminal.new',
    'vscode://file/etc/passwd',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    ' https://example.com',
    'https://',
    'nonsense',
  ]) {
    assert.equal(parseShownLink(text), undefined, text)
  }
})

test('any text is a link of an allowed kind, or none', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
      const link = parseShownLink(text)
      if (link !== undefined) assert.match(link.url, /^(https?|mailto):/)
    }),
  )
})
