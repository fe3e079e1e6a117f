const names = new Set(
  'shellscript sh bash zsh fish ksh shell console shellsession powershell ps1 pwsh bat cmd'.split(' '),
)

/** Whether code of this language (a VS Code id, or what stands behind three backticks) is for a terminal. */
export const isShellLanguage = (language: string): boolean => names.has(language.toLowerCase())
