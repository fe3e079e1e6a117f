import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { manifest, tincan } from './extension.ts'
import type { TestCase } from './testCase.ts'

export const activationCases: readonly TestCase[] = [
  {
    name: 'it activates',
    run: async () => {
      await tincan().activate()
      assert.ok(tincan().isActive)
    },
  },
  {
    name: 'other extensions get a door through which they can post, and nothing else',
    run: async () => {
      const api: unknown = await tincan().activate()
      assert.ok(typeof api === 'object' && api !== null)
      assert.deepEqual(Object.keys(api).sort(), ['forExtension', 'version'])
      const { version, forExtension } = api as { version: unknown; forExtension: (id: string) => object }
      assert.equal(version, 1)
      assert.deepEqual(Object.keys(forExtension('tincan.tincan')), ['post'])
      assert.throws(() => forExtension('nobody.nothing'), RangeError)
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
