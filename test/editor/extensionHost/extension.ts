import assert from 'node:assert/strict'
import * as vscode from 'vscode'

/** The extension under test. */
export function tincan(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('tincan.tincan')
  assert.ok(extension !== undefined, 'the editor knows no extension tincan.tincan')
  return extension
}

/** Its manifest, as far as the tests look at it. */
export interface Manifest {
  readonly activationEvents?: readonly string[]
  readonly capabilities?: { readonly untrustedWorkspaces?: { readonly supported?: unknown } }
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category?: string }[]
    readonly configuration: Configuration | readonly Configuration[]
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly type?: string }[]>>
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>
  }
}

interface Configuration {
  readonly properties: Readonly<Record<string, { readonly scope?: string; readonly default?: unknown }>>
}

export function manifest(): Manifest {
  return tincan().packageJSON as Manifest
}

/** Every setting of the manifest, by its full name. */
export function settings(): readonly (readonly [string, { readonly scope?: string; readonly default?: unknown }])[] {
  const { configuration } = manifest().contributes
  return [configuration].flat().flatMap(({ properties }) => Object.entries(properties))
}
