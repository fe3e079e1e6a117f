/** Every word that is shown goes through `vscode.l10n`: looks for texts in the sources that would be shown as they are. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import ts from 'typescript'
import { repository } from './sourceTree.ts'

interface Shown {
  readonly where: string
  readonly text: string
}

/** The product's name and the form of its links are the same in every language. */
const isWorldwide = (text: string): boolean => text === 'Tincan' || text.startsWith('vscode://tincan.tincan/')
const hasWords = (text: string): boolean =>
  !isWorldwide(text) && /\p{L}{2,}/u.test(text.replaceAll(/\$\([\w~-]+\)/g, ''))
/** Attributes and properties whose value somebody reads or hears. */
const readAloud =
  /^(?:aria-label|aria-description|aria-roledescription|title|placeholder|placeHolder|alt|label|prompt|description|detail|tooltip|text)$/

function parse(folder: string, look: (node: ts.Node, source: ts.SourceFile) => readonly string[]): readonly Shown[] {
  return globSync(`src/${folder}/**/*.ts`, { cwd: repository })
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(repository, file), 'utf8')
      return textsOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), look)
    })
}

function textsOf(source: ts.SourceFile, look: (node: ts.Node, source: ts.SourceFile) => readonly string[]): Shown[] {
  const found: Shown[] = []
  const visit = (node: ts.Node): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    for (const text of look(node, source)) if (hasWords(text)) found.push({ where: `${source.fileName}:${line}`, text })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** What a Lit template shows by itself: the text between its tags, and the attributes that are read aloud. */
function inTemplate(node: ts.Node): readonly string[] {
  if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 'html') return []
  const { template } = node
  const parts = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template.text]
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
  const markup = parts.join('\u0000').replaceAll(/<!--[^]*?-->/g, '')
  const attributes = [...markup.matchAll(/([\w-]+)=(?:"([^"]*)"|([^\s">]+))/g)].flatMap(
    ([, name = '', quoted, bare]) => (readAloud.test(name) ? [quoted ?? bare ?? ''] : []),
  )
  return [...markup.split(/<[^>]*>/), ...attributes]
}

/** What the editor shows of an object or a message: a text that is written where a sentence of `l10n.t` should be. */
function inHost(node: ts.Node): readonly string[] {
  if (ts.isPropertyAssignment(node) && readAloud.test(node.name.getText())) return literals(node.initializer)
  const isAssigned = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
  if (isAssigned && ts.isPropertyAccessExpression(node.left) && readAloud.test(node.left.name.text))
    return literals(node.right)
  if (ts.isCallExpression(node) && /\.show(?:Information|Warning|Error)Message$/.test(node.expression.getText()))
    return node.arguments.flatMap(literals)
  return []
}

/** The texts that an expression may come to, calls left out. */
function literals(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)]
  if (ts.isBinaryExpression(node)) return [...literals(node.left), ...literals(node.right)]
  if (ts.isParenthesizedExpression(node)) return literals(node.expression)
  return []
}

describe('The words that are shown', () => {
  it('by the conversation view are all in the table that the host translates', () => {
    assert.deepEqual(parse('webview', inTemplate), [])
  })

  it('by the host are all sentences of l10n', () => {
    assert.deepEqual(parse('host', inHost), [])
  })

  it('would be found', () => {
    const source = (text: string): ts.SourceFile => ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true)
    const found = (text: string, look: typeof inHost): string[] =>
      textsOf(source(text), look).map((shown) => shown.text.trim())
    assert.deepEqual(found('html`<p class="big">Hello ${name}</p><b title="Bye" .label=${x}></b>`', inTemplate), [
      'Hello \u0000',
      'Bye',
    ])
    assert.deepEqual(found("({ label: isNew ? 'New' : `$(x) ${y} old`, id: 'tincan.x' })", inHost), ['New', 'old'])
    assert.deepEqual(found("item.tooltip = 'Tip'; void window.showErrorMessage('No!')", inHost), ['Tip', 'No!'])
    assert.deepEqual(found("({ label: vscode.l10n.t('New'), detail: `$(check) ${x}` })", inHost), [])
  })
})
