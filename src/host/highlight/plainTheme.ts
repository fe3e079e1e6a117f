import type { TokenRule, TokenTheme } from './protocol.ts'

const scopes = {
  comment: ['comment', 'punctuation.definition.comment', 'markup.inserted'],
  string: ['string', 'punctuation.definition.string', 'markup.inline.raw', 'markup.deleted'],
  number: ['constant.numeric', 'constant.language', 'constant.character'],
  keyword: ['keyword', 'storage', 'variable.language'],
  type: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class', 'entity.name.tag'],
  function: ['entity.name.function', 'support.function'],
  variable: ['variable', 'entity.other.attribute-name', 'support.variable'],
} as const

const colors = {
  dark: { foreground: '#d4d4d4', comment: '#8fbf7f', string: '#dba48b', number: '#b5cea8', keyword: '#7cb7e8', type: '#5fd0b8', function: '#dcdcaa', variable: '#a9d8f5' },
  light: { foreground: '#1f1f1f', comment: '#3f6b2a', string: '#9a2f12', number: '#0b6b4f', keyword: '#0b4fa8', type: '#1f6f86', function: '#6b5210', variable: '#0d2f6b' },
} as const // prettier-ignore

/** Few colours that can be read on every dark or light ground, for when the user's theme file cannot be. */
export function plainTheme(type: TokenTheme['type']): TokenTheme {
  const { foreground, ...byScope } = colors[type]
  const rules = Object.entries(byScope).map(([name, color]): TokenRule => ({
    scope: scopes[name as keyof typeof scopes],
    foreground: color,
  }))
  return { type, foreground, rules }
}
