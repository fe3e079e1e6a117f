import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directionOf } from '../../../src/webview/text/directionOf.ts'

test('a text runs as its first letter does, whatever stands before that', () => {
  for (const text of ['שלום', '2026: مرحبا', '“שלום” says Dana', '👋 سلام', '(1) שלום'])
    assert.equal(directionOf(text), 'rtl', text)
  for (const text of ['', '42', 'Hello שלום', '你好 שלום', '👋', 'чайник']) assert.equal(directionOf(text), 'ltr', text)
})
