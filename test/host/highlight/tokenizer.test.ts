import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grammarOf } from '../../../src/host/highlight/languages.ts'
import { plainTheme } from '../../../src/host/highlight/plainTheme.ts'
import { coldBudgetMs, createTokenizer, warmBudgetMs } from '../../../src/host/highlight/tokenizer.ts'

test('code is coloured by the rules of the theme, and its text is untouched', async () => {
  const tokenizer = createTokenizer()
  const theme = plainTheme('dark')
  tokenizer.setTheme(theme)
  const text = 'const kettle = 1 // hot\n\nreturn "x"'
  const { lines } = await tokenizer.tokenize('typescript', text)
  assert.equal(lines?.map((line) => line.map((token) => token.text).join('')).join('\n'), text)
  const colorOf = (part: string) =>
    lines
      .flat()
      .find((token) => token.text.includes(part))
      ?.color?.toLowerCase()
  const ruleFor = (scope: string) => theme.rules.find((rule) => rule.scope.includes(scope))?.foreground
  assert.equal(colorOf('const'), ruleFor('storage'))
  assert.equal(colorOf('// hot'), ruleFor('comment'))
  assert.equal(colorOf('"'), ruleFor('string'))
})

test('a new theme gives new colours', async () => {
  const tokenizer = createTokenizer()
  const keyword = async () => (await tokenizer.tokenize('json', 'true')).lines?.[0]?.[0]?.color?.toLowerCase()
  const colorIn = (type: 'dark' | 'light') =>
    plainTheme(type).rules.find((rule) => rule.scope.includes('constant.language'))?.foreground
  tokenizer.setTheme(plainTheme('dark'))
  assert.equal(await keyword(), colorIn('dark'))
  tokenizer.setTheme(plainTheme('light'))
  assert.equal(await keyword(), colorIn('light'))
})

test('a theme that is set while another colours does not lend its name to the colours of the other', async () => {
  const tokenizer = createTokenizer()
  const keyword = async () => (await tokenizer.tokenize('json', 'true')).lines?.[0]?.[0]?.color?.toLowerCase()
  const colorIn = (type: 'dark' | 'light') =>
    plainTheme(type).rules.find((rule) => rule.scope.includes('constant.language'))?.foreground
  tokenizer.setTheme(plainTheme('light'))
  const inLight = keyword()
  tokenizer.setTheme(plainTheme('dark'))
  const inDark = keyword()
  assert.deepEqual(await Promise.all([inLight, inDark]), [colorIn('light'), colorIn('dark')])
  assert.equal(await keyword(), colorIn('dark'))
})

test('a line is coloured to its end, however slowly the clock says it goes', async (t) => {
  let now = 0
  t.mock.method(Date, 'now', () => (now += 60_000))
  const tokenizer = createTokenizer()
  tokenizer.setTheme(plainTheme('dark'))
  const [line] = (await tokenizer.tokenize('typescript', '  return this.#celsius >= 100')).lines ?? []
  assert.ok(line !== undefined)
  assert.deepEqual(
    ['return', 'this', '100'].map((word) => line.find(({ text }) => text.includes(word))?.text.trim()),
    ['return', 'this', '100'],
  )
})

test('an unknown language stays plain, and so does everything before there is a theme', async () => {
  const tokenizer = createTokenizer()
  assert.deepEqual(await tokenizer.tokenize('typescript', 'a'), {})
  tokenizer.setTheme(plainTheme('dark'))
  for (const language of ['plaintext', 'klingon', 'constructor', '__proto__', '']) {
    assert.deepEqual(await tokenizer.tokenize(language, 'a'), {}, language)
  }
})

test('the ids of the editor and the names people write find their grammar', () => {
  const cases = {
    typescriptreact: 'tsx',
    'C++': 'cpp',
    py: 'python',
    sh: 'shellscript',
    dockerfile: 'docker',
    rust: 'rust',
  }
  for (const [language, name] of Object.entries(cases)) assert.equal(grammarOf(language)?.name, name)
})

/** A tokenizer whose thread works for so long between two looks at its clock. */
function withPace() {
  let worked = 0
  let step = 0
  const tokenizer = createTokenizer(() => (worked += step))
  tokenizer.setTheme(plainTheme('dark'))
  return { tokenizer, setStep: (ms: number) => (step = ms) }
}

test('a block that takes too much work stays plain as a whole, and is given up in the middle', async () => {
  const { tokenizer, setStep } = withPace()
  const long = 'const a = 1\n'.repeat(100)
  setStep(coldBudgetMs / 4)
  assert.deepEqual(await tokenizer.tokenize('typescript', long), { isTooMuch: true })
  setStep(0)
  assert.ok((await tokenizer.tokenize('typescript', 'const a = 1')).lines !== undefined)
  // Warm by now, a block gets less.
  setStep(warmBudgetMs / 4)
  assert.deepEqual(await tokenizer.tokenize('typescript', long), { isTooMuch: true })
})

test('what spans many lines is coloured to its end, though the lines are taken a few at a time', async () => {
  const { tokenizer } = withPace()
  const text = `/*${'\ninside'.repeat(30)}\n*/ const a = 1`
  const { lines } = await tokenizer.tokenize('typescript', text)
  const comment = plainTheme('dark').rules.find(({ scope }) => scope.includes('comment'))?.foreground
  assert.equal(lines?.length, 32)
  for (const line of lines.slice(0, 31)) assert.equal(line[0]?.color?.toLowerCase(), comment)
  assert.equal(lines.map((line) => line.map((token) => token.text).join('')).join('\n'), text)
})
