import assert from 'node:assert/strict'
import { test } from 'node:test'
import { webviewPage } from '../../../src/host/view/webviewPage.ts'

const page = webviewPage({
  nonce: 'abc123',
  cspSource: 'https://*.vscode-cdn.net',
  script: 'https://file/dist/webview/main.js',
  styles: ['https://file/a.css', 'https://file/b.css?x="><script>'],
  locale: 'en',
  title: 'Tincan',
})

test('the policy allows nothing but our own script, styles, pictures and fonts', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]
  assert.deepEqual(policy?.split('; '), [
    "default-src 'none'",
    "script-src 'nonce-abc123'",
    'style-src https://*.vscode-cdn.net',
    'img-src https://*.vscode-cdn.net blob:',
    'font-src https://*.vscode-cdn.net',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ])
})

test('the only script has the nonce, and no address breaks out of its attribute', () => {
  assert.equal(page.match(/<script/g)?.length, 1)
  assert.match(page, /<script nonce="abc123" src="https:\/\/file\/dist\/webview\/main\.js"><\/script>/)
})
