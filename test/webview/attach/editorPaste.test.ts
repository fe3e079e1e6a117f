import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { maxTextBytes } from '../../../src/shared/service.ts'
import { droppedFiles, holdsFiles } from '../../../src/webview/attach/droppedFiles.ts'
import { editorPaste } from '../../../src/webview/attach/editorPaste.ts'

const data = (held: Readonly<Record<string, string>>) => ({
  types: Object.keys(held),
  getData: (type: string): string => held[type] ?? '',
})
const copied = (text: string, about: unknown = { version: 1, isFromEmptySelection: false, mode: 'typescript' }) =>
  editorPaste(data({ 'text/plain': text, 'vscode-editor-data': JSON.stringify(about) }))

describe('editorPaste', () => {
  it('is several lines, or a whole one, that were copied in an editor', () => {
    assert.deepEqual(copied('a\r\nb'), { text: 'a\nb', language: 'typescript' })
    assert.deepEqual(copied('a\n', { isFromEmptySelection: true, mode: 'rust' }), { text: 'a\n', language: 'rust' })
  })

  it('is no part of a line, nothing blank, and nothing that is too long', () => {
    assert.equal(copied('kettle.heat'), undefined)
    assert.equal(copied('kettle.heat\n'), undefined)
    assert.equal(copied(' \n \n'), undefined)
    assert.equal(copied(`a\n${'x'.repeat(maxTextBytes)}`), undefined)
  })

  it('is nothing that was copied elsewhere, whatever it says of itself', () => {
    assert.equal(editorPaste(data({ 'text/plain': 'a\nb' })), undefined)
    for (const about of [null, 1, 'x', [], {}, { mode: 1 }, { mode: '' }, { mode: 'x'.repeat(65) }])
      assert.equal(copied('a\nb', about), undefined)
    assert.equal(editorPaste(data({ 'text/plain': 'a\nb', 'vscode-editor-data': '{' })), undefined)
  })
})

describe('droppedFiles', () => {
  it('are those of the editor’s own list, each once, without comments', () => {
    const held = {
      'application/vnd.code.uri-list': '# two\r\nfile:///a\r\nfile:///b\r\nfile:///a',
      'text/uri-list': 'x:y',
    }
    assert.ok(holdsFiles(data(held)))
    assert.deepEqual(droppedFiles(data(held)), ['file:///a', 'file:///b'])
  })

  it('are none where a text is dropped, or an address that is too long', () => {
    assert.ok(!holdsFiles(data({ 'text/plain': 'file:///a' })))
    assert.ok(!holdsFiles(null))
    assert.deepEqual(droppedFiles(data({ 'text/uri-list': `file:///${'a'.repeat(5000)}` })), [])
  })
})
