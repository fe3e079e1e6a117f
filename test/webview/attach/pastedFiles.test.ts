import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pastedFiles } from '../../../src/webview/attach/pastedFiles.ts'

const picture = new File(['picture'], 'image.png', { type: 'image/png' })
const holding = (...types: readonly string[]): DataTransfer => ({ types, files: [picture] }) as unknown as DataTransfer

test('a picture and a copied file are pasted as files', () => {
  for (const types of [['Files'], ['text/html', 'Files'], ['text/plain', 'Files']])
    assert.deepEqual(pastedFiles(holding(...types)), [picture])
})

test('cells of a spreadsheet are pasted as their text, not as the picture that comes with them', () => {
  assert.deepEqual(pastedFiles(holding('text/plain', 'text/html', 'text/rtf', 'Files')), [])
  assert.deepEqual(pastedFiles(null), [])
})
