import { readFileSync } from 'node:fs'
import path from 'node:path'
import { repository } from './codeServer.ts'

interface Contributions {
  readonly contributes: { readonly commands: readonly { command: string; title: string; category?: string }[] }
}

type Texts = Readonly<Record<string, string | { readonly message: string }>>

/** How the command palette shows a command of Tincan, in English: `Tincan: Invite Somebody…`. */
export function commandTitle(id: string): string {
  const { contributes } = readJson('package.json') as Contributions
  const found = contributes.commands.find(({ command }) => command === id)
  if (found === undefined) throw new Error(`The manifest has no command ${id}`)
  return [found.category, found.title]
    .filter((part) => part !== undefined)
    .map(inEnglish)
    .join(': ')
}

/** The text that stands for a `%placeholder%` of the manifest. */
export function inEnglish(text: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1]
  if (key === undefined) return text
  const entry = (readJson('package.nls.json') as Texts)[key]
  if (entry === undefined) throw new Error(`package.nls.json has no ${key}`)
  return typeof entry === 'string' ? entry : entry.message
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(path.join(repository, file), 'utf8'))
}
