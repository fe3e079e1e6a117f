import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { manifest, tincan } from './extension.ts'
import type { TestCase } from './testCase.ts'

/** Generous for a busy machine: opening the store and the network takes longer, and must not be waited for. */
const quickMs = 500

export const activationCases: readonly TestCase[] = [
  {
    name: 'activation returns quickly, before the network is up',
    run: async () => {
      const before = performance.now()
      await tincan().activate()
      assert.ok(tincan().isActive)
      const tookMs = performance.now() - before
      assert.ok(tookMs < quickMs, `activation took ${tookMs.toFixed(0)} ms`)
    },
  },
  {
    name: 'every command of the manifest is there after activation',
    run: async () => {
      await tincan().activate()
      const known = new Set(await vscode.commands.getCommands(true))
      const missing = manifest().contributes.commands.filter(({ command }) => !known.has(command))
      assert.deepEqual(missing, [])
    },
  },
]
