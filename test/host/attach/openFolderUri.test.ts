import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importWithEditor } from '../importWithEditor.ts'

/** Of the editor, addresses and one open folder, `/work`: paths are compared as they stand, as the editor does. */
const editor = `
const made = (scheme, path) => ({ scheme, path })
export const Uri = {
  parse: (text) => {
    const found = /^([a-z-]+):\\/\\/[^/]*(\\/.*)$/.exec(text)
    if (found === null) throw new Error('no address')
    return made(found[1], decodeURIComponent(found[2]))
  },
  file: (path) => made('file', path),
}
export const workspace = {
  getWorkspaceFolder: ({ scheme, path }) => (scheme === 'file' && path.startsWith('/work/') ? {} : undefined),
}`
const { openFolderUri } = await importWithEditor(editor, () => import('../../../src/host/attach/openFolderUri.ts'))

test('a file of an open folder is found, in a remote window as well', () => {
  for (const address of ['file:///work/src/kettle.ts', 'vscode-remote://ssh+box/work/src/kettle.ts'])
    assert.deepEqual({ ...openFolderUri(address) }, { scheme: 'file', path: '/work/src/kettle.ts' })
  assert.equal(openFolderUri('file:///work/a..b/..c')?.path, '/work/a..b/..c')
})

test('nothing outside is, whichever way it is written', () => {
  for (const address of [
    'file:///etc/passwd',
    'file:///work/../etc/passwd',
    'file:///work/%2e%2e/etc/passwd',
    'file:///work/src/..%2f..%2fetc/passwd',
    'file:///work/..%5Cetc%5Cpasswd',
    'file:///work/src/..',
    'vscode-remote://ssh+box/work/../etc/passwd',
    'https://example.org/work/a',
    'nothing',
  ])
    assert.equal(openFolderUri(address), undefined, address)
})
