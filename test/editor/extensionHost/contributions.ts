import assert from 'node:assert/strict'
import * as vscode from 'vscode'
import { manifest, settings } from './extension.ts'
import type { TestCase } from './testCase.ts'

export const contributionCases: readonly TestCase[] = [
  {
    name: 'Tincan works in Restricted Mode',
    run: () => {
      assert.equal(manifest().capabilities?.untrustedWorkspaces?.supported, true)
    },
  },
  {
    name: 'no workspace can change a setting',
    run: () => {
      assert.ok(settings().length > 0)
      for (const [name, { scope }] of settings()) {
        assert.ok(name.startsWith('tincan.'), name)
        assert.ok(scope === 'application' || scope === 'machine', `${name} has the scope ${String(scope)}`)
      }
    },
  },
  {
    name: 'settings have the defaults of the manifest unless the user chose otherwise',
    run: () => {
      for (const [name, setting] of settings()) {
        assert.deepEqual(vscode.workspace.getConfiguration().inspect(name)?.defaultValue, setting.default, name)
      }
    },
  },
  {
    name: 'the conversations, with the requests above them, and the members are native trees beside the conversation view',
    run: () => {
      const views = Object.values(manifest().contributes.views).flat()
      const trees = views.filter(({ type }) => type === undefined || type === 'tree')
      assert.deepEqual(
        trees.map(({ id }) => id),
        ['tincan.conversations', 'tincan.members'],
      )
      assert.equal(views.filter(({ type }) => type === 'webview').length, 1)
    },
  },
  {
    name: 'every command has a title under Tincan and every menu entry a command',
    run: () => {
      const { commands, menus } = manifest().contributes
      for (const { command, title, category } of commands) {
        assert.equal(category, 'Tincan', command)
        assert.ok(title !== '' && !title.startsWith('%'), `${command} has no title`)
      }
      const known = new Set(commands.map(({ command }) => command))
      for (const entry of Object.values(menus).flat()) {
        if (entry.command !== undefined) assert.ok(known.has(entry.command), entry.command)
      }
    },
  },
]
