import { parseRule } from './themeFile.ts'
import type { TokenRule } from './protocol.ts'

/** The short names of the setting, with the scopes for which the editor takes them. */
const shortNames: Readonly<Record<string, readonly string[]>> = {
  comments: ['comment', 'punctuation.definition.comment'],
  strings: ['string', 'meta.embedded.assembly'],
  keywords: ['keyword - keyword.operator', 'keyword.control', 'storage', 'storage.type'],
  numbers: ['constant.numeric'],
  types: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class'],
  functions: ['entity.name.function', 'support.function'],
  variables: ['variable', 'entity.name.variable'],
}
const maxRules = 1_000

/**
 * The rules of the setting `editor.tokenColorCustomizations` that hold in a theme, in the order in which they apply:
 * those for every theme, then those of each `[Theme Name]` that matches, where `*` stands for anything.
 */
export function customRules(setting: unknown, themeNames: readonly string[]): readonly TokenRule[] {
  if (!isRecord(setting)) return []
  const own = Object.entries(setting)
    .filter(([key]) => namesOf(key).some((pattern) => themeNames.some((name) => matches(pattern, name))))
    .map(([, value]) => value)
  return [setting, ...own].flatMap(rulesOf).slice(0, maxRules)
}

function rulesOf(value: unknown): readonly TokenRule[] {
  if (!isRecord(value)) return []
  const short = Object.entries(shortNames).flatMap(([name, scope]) => {
    const settings = typeof value[name] === 'string' ? { foreground: value[name] } : value[name]
    return [parseRule({ scope, settings })]
  })
  const { textMateRules } = value
  const long = Array.isArray(textMateRules)
    ? (textMateRules as readonly unknown[]).slice(0, maxRules).map(parseRule)
    : []
  return [...short, ...long]
    .filter((rule) => rule !== undefined)
    .filter(({ foreground, fontStyle }) => foreground !== undefined || fontStyle !== undefined)
}

/** `[One][Two]` names two themes. */
const namesOf = (key: string): readonly string[] =>
  [...key.matchAll(/\[([^\]]{1,200})\]/g)].map(([, name = '']) => name)

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return parts.length <= 8 && new RegExp(`^${parts.join('.*')}$`).test(name)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
