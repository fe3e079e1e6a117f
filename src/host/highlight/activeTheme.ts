import * as vscode from 'vscode'
import type { TokenTheme } from './protocol.ts'
import { chooseTheme, parseContributedTheme } from './themeChoice.ts'
import type { ContributedTheme, UiTheme } from './themeChoice.ts'
import { customRules } from './themeCustomizations.ts'
import { readThemeFile } from './themeFile.ts'
import { plainTheme } from './plainTheme.ts'

/**
 * The colours for code of the theme the user sees now, read from its file, or plain ones where that cannot be read; and the
 * user's own changes to them. There is no semantic colouring: it would take the whole project.
 */
export async function readActiveTheme(): Promise<TokenTheme> {
  const uiTheme = activeUiTheme()
  const type = uiTheme === 'vs' || uiTheme === 'hc-light' ? 'light' : 'dark'
  const chosen = chooseTheme(contributedThemes(), themeNames(uiTheme), uiTheme)
  const names = [chosen?.label, chosen?.id].filter((name) => name !== undefined)
  const customizations = vscode.workspace.getConfiguration('editor').get<unknown>('tokenColorCustomizations')
  const theme = chosen === undefined ? plainTheme(type) : await readTheme(chosen, type)
  return { ...theme, rules: [...theme.rules, ...customRules(customizations, names)] }
}

async function readTheme(
  chosen: ContributedTheme & { readonly extensionUri: vscode.Uri },
  type: TokenTheme['type'],
): Promise<TokenTheme> {
  try {
    const read = async (path: string): Promise<string> => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(chosen.extensionUri, path))
      return Buffer.from(bytes).toString('utf8')
    }
    return (await readThemeFile(chosen.path, read, type)) ?? plainTheme(type)
  } catch {
    return plainTheme(type)
  }
}

function activeUiTheme(): UiTheme {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light:
      return 'vs'
    case vscode.ColorThemeKind.Dark:
      return 'vs-dark'
    case vscode.ColorThemeKind.HighContrast:
      return 'hc-black'
    case vscode.ColorThemeKind.HighContrastLight:
      return 'hc-light'
  }
}

const preferredSettings = {
  vs: 'preferredLightColorTheme',
  'vs-dark': 'preferredDarkColorTheme',
  'hc-black': 'preferredHighContrastColorTheme',
  'hc-light': 'preferredHighContrastLightColorTheme',
} as const

/** The settings that decide which theme is the active one, and what its colours are. */
export const themeSettings: readonly string[] = [
  'workbench.colorTheme',
  ...Object.values(preferredSettings).map((name) => `workbench.${name}`),
  'window.autoDetectColorScheme',
  'window.autoDetectHighContrast',
  'editor.tokenColorCustomizations',
]

/** The settings that may name the active theme. Those that follow the system count when the look is theirs. */
function themeNames(uiTheme: UiTheme): readonly unknown[] {
  const workbench = vscode.workspace.getConfiguration('workbench')
  const set = workbench.get<unknown>('colorTheme')
  const system = workbench.get<unknown>(preferredSettings[uiTheme])
  const followsSystem = vscode.workspace.getConfiguration('window').get<unknown>('autoDetectColorScheme') === true
  return followsSystem ? [system, set] : [set, system]
}

function contributedThemes() {
  return vscode.extensions.all.flatMap((extension) => {
    const manifest = extension.packageJSON as { readonly contributes?: { readonly themes?: unknown } } | undefined
    const themes: unknown = manifest?.contributes?.themes
    return (Array.isArray(themes) ? (themes as unknown[]) : [])
      .map(parseContributedTheme)
      .filter((theme) => theme !== undefined)
      .map((theme) => ({ ...theme, extensionUri: extension.extensionUri }))
  })
}
