/** The four kinds of colour theme an editor knows, by VS Code's own themes of that kind. */
export const themes = [
  { name: 'dark', label: 'Dark Modern', workbenchClass: 'vs-dark', webviewClass: 'vscode-dark' },
  { name: 'light', label: 'Light Modern', workbenchClass: 'vs', webviewClass: 'vscode-light' },
  {
    name: 'high-contrast-dark',
    label: 'Dark High Contrast',
    workbenchClass: 'hc-black',
    webviewClass: 'vscode-high-contrast:not(.vscode-high-contrast-light)',
  },
  {
    name: 'high-contrast-light',
    label: 'Light High Contrast',
    workbenchClass: 'hc-light',
    webviewClass: 'vscode-high-contrast-light',
  },
] as const

export type Theme = (typeof themes)[number]
