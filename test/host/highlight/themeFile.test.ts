import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJsonc } from '../../../src/host/highlight/jsonc.ts'
import { plainTheme } from '../../../src/host/highlight/plainTheme.ts'
import { chooseTheme, parseContributedTheme } from '../../../src/host/highlight/themeChoice.ts'
import { parseRule, readThemeFile } from '../../../src/host/highlight/themeFile.ts'

const reader = (files: Readonly<Record<string, string>>) => (path: string) => {
  const text = files[path.replace(/^\.\//, '')]
  return text === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(text)
}

test('JSON with comments and trailing commas is read, and strings keep what looks like them', () => {
  assert.deepEqual(parseJsonc('\uFEFF{ // one\n "a": "//,}", /* two */ "b": [1, 2,], }'), { a: '//,}', b: [1, 2] })
  assert.equal(parseJsonc('{ "a": '), undefined)
})

test('what is JSON is read as JSON reads it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.deepEqual(parseJsonc(text), JSON.parse(text))
    }),
  )
})

test('a theme has its own rules above those of what it includes', async () => {
  const theme = await readThemeFile(
    './themes/child.json',
    reader({
      'themes/child.json': `{ "include": "./base/../parent.json", "tokenColors": [
        { "scope": ["keyword", "storage"], "settings": { "foreground": "#0f0", "fontStyle": "bold" } } ] }`,
      'themes/parent.json': `{ "colors": { "editor.foreground": "#ABCDEF" }, "tokenColors": [
        { "settings": { "foreground": "#111111" } },
        { "scope": "comment, string", "settings": { "foreground": "#222222" } } ] }`,
    }),
    'dark',
  )
  assert.deepEqual(theme, {
    type: 'dark',
    foreground: '#ABCDEF',
    rules: [
      { scope: [], foreground: '#111111' },
      { scope: ['comment', 'string'], foreground: '#222222' },
      { scope: ['keyword', 'storage'], foreground: '#00ff00', fontStyle: 'bold' },
    ],
  })
})

test('a theme that includes itself, has rules in another file or is no theme is not read for ever', async () => {
  const loop = reader({
    'a.json': '{ "include": "./a.json", "tokenColors": [{ "settings": { "foreground": "#111" } }] }',
  })
  assert.equal((await readThemeFile('a.json', loop, 'light'))?.rules.length, 8)
  for (const text of [
    '[]',
    '{}',
    '{ "tokenColors": "./x.tmTheme" }',
    '{ "tokenColors": [1, null, { "scope": "a" }] }',
    'no',
  ]) {
    assert.equal(await readThemeFile('a.json', reader({ 'a.json': text }), 'dark'), undefined, text)
  }
})

test('the active theme is the one that a setting names and that looks like the workbench', () => {
  const themes = [
    { id: 'Default Dark+', label: 'Dark+', uiTheme: 'vs-dark', path: 'a' },
    { label: 'Solar', uiTheme: 'vs', path: 'b' },
    { label: 'Solar', uiTheme: 'vs-dark', path: 'c' },
  ]
  assert.equal(chooseTheme(themes, ['Default Dark+'], 'vs-dark')?.path, 'a')
  assert.equal(chooseTheme(themes, ['Dark+'], 'vs-dark')?.path, 'a')
  assert.equal(chooseTheme(themes, ['Solar'], 'vs')?.path, 'b')
  assert.equal(chooseTheme(themes, ['Default Dark+', 'Solar'], 'vs')?.path, 'b')
  assert.equal(chooseTheme(themes, ['Default Dark+', undefined], 'hc-black'), undefined)
})

test('a contribution of any shape is a theme or none', () => {
  assert.deepEqual(parseContributedTheme({ label: 'A', path: './a.json', extra: 1 }), { label: 'A', path: './a.json' })
  for (const value of [null, 1, 'x', {}, { path: 1 }]) assert.equal(parseContributedTheme(value), undefined)
})

test('the plain themes have a colour for every rule', () => {
  for (const type of ['dark', 'light'] as const) {
    for (const rule of plainTheme(type).rules) assert.match(rule.foreground ?? '', /^#[0-9a-f]{6}$/)
  }
})

test('any manifest and any file give a theme with rules, or none', async () => {
  const valid = `{ "include": "./a.json", /* or not */ "colors": { "editor.foreground": "#abc" }, "tokenColors": [
    { "scope": "a, b", "settings": { "foreground": "#123456", "fontStyle": "italic" } }, ] }`
  const cut = fc.tuple(fc.nat(valid.length), fc.nat(valid.length), fc.string({ maxLength: 3 }))
  const damaged = cut.map(([from, to, between]) => valid.slice(0, from) + between + valid.slice(to))
  const shaped = fc.record({ include: fc.jsonValue(), colors: fc.jsonValue(), tokenColors: fc.jsonValue() })
  const file = fc.oneof(
    damaged,
    fc.string({ unit: 'binary' }),
    shaped.map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      const theme = await readThemeFile('a.json', () => Promise.resolve(text), 'dark')
      if (theme === undefined) return
      assert.ok(theme.rules.length > 0)
      for (const { scope, foreground = '#000000' } of theme.rules) {
        assert.ok(Array.isArray(scope))
        assert.match(foreground, /^#([0-9a-f]{6}|[0-9a-f]{8})$/i)
      }
    }),
  )
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record({ path: fc.anything(), id: fc.anything() })), (value) => {
      const theme = parseContributedTheme(value)
      if (theme !== undefined) for (const part of Object.values(theme)) assert.equal(typeof part, 'string')
    }),
  )
})

test('a rule that anybody may have written gives a rule or none', () => {
  fc.assert(
    fc.property(fc.anything(), (any) => {
      const rule = parseRule(any)
      assert.ok(rule === undefined || Array.isArray(rule.scope))
    }),
  )
})
