import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bundlePath, l10nBundle } from './l10nBundle.ts'

test('the bundle for translators holds every sentence; `node test/host/l10nBundle.ts` writes it', async () => {
  assert.equal(readFileSync(bundlePath, 'utf8'), await l10nBundle())
})
