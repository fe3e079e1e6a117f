import { parseJsonc } from './jsonc.ts'
import type { TokenRule, TokenTheme } from './protocol.ts'

const maxIncludes = 8
const maxRules = 5000

/**
 * Reads a colour theme file and what it includes, the including file on top. `read` resolves a path relative to the
 * file named before it. `undefined`: it is no theme that this understands, such as one whose rules are in a plist.
 */
export async function readThemeFile(
  path: string,
  read: (path: string) => Promise<string>,
  type: TokenTheme['type'],
): Promise<TokenTheme | undefined> {
  const chain = await readChain(path, read)
  if (chain === undefined) return undefined
  const colors = Object.assign({}, ...chain.map((file) => asRecord(file['colors']) ?? {})) as Record<string, unknown>
  const rules = chain.flatMap((file) => (Array.isArray(file['tokenColors']) ? file['tokenColors'] : []) as unknown[])
  const parsed = rules
    .slice(0, maxRules)
    .map(parseRule)
    .filter((rule) => rule !== undefined)
  if (parsed.length === 0) return undefined
  const fallback = parsed.find(({ scope }) => scope.length === 0)?.foreground
  const foreground = parseColor(colors['editor.foreground']) ?? fallback ?? (type === 'dark' ? '#d4d4d4' : '#1f1f1f')
  return { type, foreground, rules: parsed }
}

/** The included files first, the file itself last. */
async function readChain(
  path: string,
  read: (path: string) => Promise<string>,
): Promise<readonly Record<string, unknown>[] | undefined> {
  const chain: Record<string, unknown>[] = []
  for (let next: string | undefined = path; next !== undefined && chain.length < maxIncludes;) {
    const file = asRecord(parseJsonc(await read(next)))
    if (file === undefined) return undefined
    chain.unshift(file)
    const { include } = file as { include?: unknown }
    next = typeof include === 'string' ? relativeTo(next, include) : undefined
  }
  return chain
}

function relativeTo(file: string, include: string): string {
  const parts = file.split('/').slice(0, -1)
  for (const part of include.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** A rule of a theme's `tokenColors`, or of the user's own; `undefined` where it sets nothing. */
export function parseRule(value: unknown): TokenRule | undefined {
  const rule = asRecord(value)
  const settings = asRecord(rule?.['settings'])
  if (rule === undefined || settings === undefined) return undefined
  const foreground = parseColor(settings['foreground'])
  const { fontStyle } = settings as { fontStyle?: unknown }
  return {
    scope: parseScope(rule['scope']),
    ...(foreground === undefined ? {} : { foreground }),
    ...(typeof fontStyle === 'string' ? { fontStyle } : {}),
  }
}

function parseScope(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value)
    ? (value as unknown[])
    : typeof value === 'string'
      ? value.split(',')
      : []
  return list
    .filter((scope) => typeof scope === 'string')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')
}

/** `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa`, as `#rrggbb` or `#rrggbbaa`. */
function parseColor(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value)) return undefined
  return value.length > 5 ? value : `#${[...value.slice(1)].map((digit) => digit + digit).join('')}`
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}
