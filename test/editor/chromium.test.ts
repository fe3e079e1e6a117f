import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findChromium } from './harness/chromium.ts'

test('the browser that the environment names is taken before any other', () => {
  assert.equal(findChromium({ CHROMIUM_PATH: process.execPath }), process.execPath)
  assert.equal(findChromium({ CHROMIUM_PATH: '', CHROME_PATH: process.execPath }), process.execPath)
})

test('a named browser that is not there is said plainly, and no other is taken', () => {
  assert.throws(() => findChromium({ CHROME_PATH: '/nowhere/chrome' }), /CHROME_PATH points to \/nowhere\/chrome/)
})

test('a machine without a browser gets one sentence that says what to do', () => {
  assert.throws(() => findChromium({}, 'win32'), {
    message:
      'No browser for the editor tests: install Chromium, Chrome or Edge (on Debian: apt-get install chromium), ' +
      'or set CHROMIUM_PATH to its executable.',
  })
})
