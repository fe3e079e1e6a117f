import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { CodeOrigin, PatchBody, SnippetBody } from '../../shared/code.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'
import { codeSpan, fenceFor } from './markdown.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** What a preview shows: Markdown, and its 0-based lines on which something looks like a secret. */
export interface PreviewText {
  readonly text: string
  readonly marked: readonly number[]
}

/** A message of the preview, and what the guard found in it (counted in the text of `outgoingOf`). */
export interface PreviewedBody {
  readonly body: SendBody
  readonly findings: readonly SecretFinding[]
}

/**
 * Every word that leaves the machine with these messages, in their order, and nothing that stays. `linesAbove` are left
 * empty for the question that lies over them.
 */
export function previewText(
  messages: readonly PreviewedBody[],
  notes: readonly string[],
  l10n: L10n,
  linesAbove = 0,
): PreviewText {
  const page = new Page()
  page.add(...Array.from({ length: linesAbove }, () => ''))
  page.add(`# ${l10n.t('This is all that leaves your machine')}`, '')
  for (const note of notes) page.add(`> ${note}`, '')
  messages.forEach(({ body, findings }, index) => {
    if (messages.length > 1) page.add(`## ${l10n.t('Message {0} of {1}', index + 1, messages.length)}`, '')
    addBody(page, body, l10n)
    page.mark(findings)
  })
  return page.finish()
}

function addBody(page: Page, body: SendBody, l10n: L10n): void {
  switch (body.kind) {
    case 'text':
      page.addPart(body.text, 'markdown')
      return
    case 'snippet':
      addSnippet(page, body, l10n)
      return
    case 'patch':
      addPatch(page, body, l10n)
      return
    default:
      return assertNever(body)
  }
}

function addSnippet(page: Page, { path, lines, git, hash, language, text, context }: SnippetBody, l10n: L10n): void {
  if (path !== undefined) {
    page.addName(`- ${lines === undefined ? l10n.t('File: {0}', codeSpan(path)) : fileAndLines(path, lines, l10n)}`)
  }
  page.add(...originFacts(git, l10n))
  if (hash !== undefined) page.add(`- ${l10n.t('SHA-256 of the text: {0}', codeSpan(hash))}`)
  page.add('')
  if (context !== undefined) {
    page.add(l10n.t('What stands before it:'), '')
    page.addPart(context.before, language)
    page.add(l10n.t('The text itself:'), '')
  }
  page.addPart(text, language)
  if (context !== undefined) {
    page.add(l10n.t('What stands behind it:'), '')
    page.addPart(context.after, language)
  }
}

function addPatch(page: Page, { title, git, text }: PatchBody, l10n: L10n): void {
  const titleLine = title === undefined ? undefined : page.lineCount
  if (title !== undefined) page.add(`- ${l10n.t('Title: {0}', title)}`)
  page.add(...originFacts(git, l10n), '')
  page.addPart(text, 'diff')
  if (titleLine !== undefined) page.countAs(titleLine)
}

function fileAndLines(path: string, { first, last }: NonNullable<SnippetBody['lines']>, l10n: L10n): string {
  return first === last
    ? l10n.t('File: {0}, line {1}', codeSpan(path), first)
    : l10n.t('File: {0}, lines {1}–{2}', codeSpan(path), first, last)
}

function originFacts(git: CodeOrigin | undefined, l10n: L10n): string[] {
  const facts = [
    git?.remote === undefined ? undefined : l10n.t('Repository: {0}', codeSpan(git.remote)),
    git?.commit === undefined ? undefined : l10n.t('Commit: {0}', codeSpan(git.commit)),
    git?.branch === undefined ? undefined : l10n.t('Branch: {0}', codeSpan(git.branch)),
  ]
  return facts.flatMap((fact) => (fact === undefined ? [] : [`- ${fact}`]))
}

/** The preview as it grows, and where in it each line of the message at hand came to stand. */
class Page {
  readonly #lines: string[] = []
  readonly #marked = new Set<number>()
  #places: number[] = []
  #nameLine: number | undefined

  get lineCount(): number {
    return this.#lines.length
  }

  add(...lines: readonly string[]): void {
    this.#lines.push(...lines)
  }

  /** The line that names the file of the message. */
  addName(line: string): void {
    this.#nameLine = this.#lines.length
    this.add(line)
  }

  /** A part of the message itself. */
  addPart(text: string, language: string): void {
    const fence = fenceFor(text)
    this.add(`${fence}${language}`)
    for (const line of text.split('\n')) {
      this.countAs(this.#lines.length)
      this.add(line)
    }
    this.add(fence, '')
  }

  /** The next line of the message stands in this line of the preview. */
  countAs(line: number): void {
    this.#places.push(line)
  }

  /** Marks what was found in the message that ends here. */
  mark(findings: readonly SecretFinding[]): void {
    for (const { firstLine, lastLine } of findings) {
      if (firstLine === 0 && this.#nameLine !== undefined) this.#marked.add(this.#nameLine)
      for (const place of this.#places.slice(Math.max(firstLine - 1, 0), lastLine)) this.#marked.add(place)
    }
    this.#places = []
    this.#nameLine = undefined
  }

  finish(): PreviewText {
    return { text: this.#lines.join('\n'), marked: [...this.#marked].sort((a, b) => a - b) }
  }
}
