/** The four kinds of colour theme an editor knows, by the names of VS Code's own themes of that kind. */
export const themes = [
  { name: 'dark', label: 'Dark Modern', workbenchClass: 'vs-dark' },
  { name: 'light', label: 'Light Modern', workbenchClass: 'vs' },
  { name: 'high-contrast-dark', label: 'Dark High Contrast', workbenchClass: 'hc-black' },
  { name: 'high-contrast-light', label: 'Light High Contrast', workbenchClass: 'hc-light' },
] as const

export type Theme = (typeof themes)[number]
