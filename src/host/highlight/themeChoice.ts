/** A colour theme as an extension contributes it. */
export interface ContributedTheme {
  readonly id?: string
  readonly label?: string
  readonly uiTheme?: string
  readonly path: string
}

/** How the workbench looks now: `vs`, `vs-dark`, `hc-black` or `hc-light`, as contributions call it. */
export type UiTheme = 'vs' | 'vs-dark' | 'hc-black' | 'hc-light'

/**
 * The active theme among the contributed ones: the first of `names` (the settings that may name it, the likeliest first)
 * that fits how the workbench looks now. `undefined`: none does.
 */
export function chooseTheme<T extends ContributedTheme>(
  themes: readonly T[],
  names: readonly unknown[],
  uiTheme: UiTheme,
): T | undefined {
  const fitting = themes.filter((theme) => (theme.uiTheme ?? 'vs-dark') === uiTheme)
  for (const name of names) {
    const found = fitting.find(
      ({ id, label }) => name !== undefined && (id === name || (id === undefined && label === name)),
    )
    const byLabel = found ?? fitting.find(({ label }) => name !== undefined && label === name)
    if (byLabel !== undefined) return byLabel
  }
  return undefined
}

/** A theme out of an extension's manifest, which anybody may have written. */
export function parseContributedTheme(value: unknown): ContributedTheme | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, label, uiTheme, path } = value as Record<'id' | 'label' | 'uiTheme' | 'path', unknown>
  if (typeof path !== 'string') return undefined
  return {
    path,
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof uiTheme === 'string' ? { uiTheme } : {}),
  }
}
