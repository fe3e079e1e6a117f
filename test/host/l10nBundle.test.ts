import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { bundlePath, l10nBundle } from './l10nBundle.ts'

const host = path.resolve(import.meta.dirname, '../../src/host')

test('the bundle for translators holds every sentence; `node test/host/l10nBundle.ts` writes it', async () => {
  assert.equal(readFileSync(bundlePath, 'utf8'), await l10nBundle())
})

test('whatever has sentences imports vscode, or they are not found for the bundle', () => {
  const texts = globSync('**/*.ts', { cwd: host }).map((file) => [file, readFileSync(path.join(host, file), 'utf8')])
  const speaking = texts.filter(([, text = '']) => text.includes('l10n.t('))
  assert.notDeepEqual(speaking, [])
  const unheard = speaking.filter(([, text = '']) => !text.includes("from 'vscode'")).map(([file]) => file)
  assert.deepEqual(unheard, [])
})
