import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { repository } from './sourceTree.ts'

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(repository, file), 'utf8'))

interface Step {
  readonly id: string
  readonly media: { readonly svg?: string; readonly markdown?: string; readonly altText?: string }
  readonly completionEvents: readonly string[]
}
interface Manifest {
  readonly activationEvents: readonly string[]
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[]
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> }
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[]
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly when?: string }[]>>
  }
}
const manifest = read('package.json') as Manifest
const words = read('package.nls.json') as Readonly<Record<string, string>>
const commands = manifest.contributes.commands.map(({ command }) => command)

/** Every text in the manifest's contributions, with the name of its field. */
function* textsIn(value: unknown, field = ''): Generator<readonly [field: string, text: string]> {
  if (typeof value === 'string') yield [field, value]
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item, field)
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) yield* textsIn(item, name)
}
const texts = [...textsIn(manifest.contributes)]

describe('The manifest', () => {
  it('leaves every word that is shown to translators, and they have none that is not', () => {
    const shown = /^(title|description|markdownDescription|enumDescriptions|altText|contents|name|patternErrorMessage)$/
    for (const [field, text] of texts)
      // The name of the product is the same in every language.
      if (shown.test(field) && text !== 'Tincan') assert.match(text, /^%[\w.]+%$/, `${field}: ${text}`)
    const used = new Set(
      [...textsIn(manifest)].flatMap(([, text]) => [...text.matchAll(/^%([\w.]+)%$/g)].map(([, key]) => key)),
    )
    assert.deepEqual([...used].sort(), Object.keys(words).sort())
    for (const [key, text] of Object.entries(words)) assert.notEqual(text.trim(), '', key)
  })

  it('names pictures and pages that there are', () => {
    const files = texts.map(([, text]) => text).filter((text) => /^(\.\/)?media\//.test(text))
    assert.ok(files.length >= 5)
    for (const file of files) assert.ok(existsSync(path.join(repository, file)), file)
  })

  it('offers nothing in a menu that is no command', () => {
    for (const [menu, entries] of Object.entries(manifest.contributes.menus))
      for (const { command } of entries)
        if (command !== undefined) assert.ok(commands.includes(command), `${menu}: ${command}`)
  })

  it('lets a workspace change no setting', () => {
    const settings = Object.entries(manifest.contributes.configuration.properties)
    assert.ok(settings.length > 5)
    for (const [name, { scope }] of settings) assert.ok(['application', 'machine'].includes(scope), name)
  })

  it('has one walkthrough of few steps, each of which shows something and can be completed', () => {
    const [walkthrough, ...others] = manifest.contributes.walkthroughs
    assert.deepEqual(others, [])
    const steps = walkthrough?.steps ?? []
    assert.ok(steps.length >= 3 && steps.length <= 6)
    for (const { id, media, completionEvents } of steps) {
      assert.ok(media.markdown !== undefined || (media.svg !== undefined && media.altText !== undefined), id)
      assert.ok(completionEvents.length > 0, id)
      for (const event of completionEvents) {
        const [, command] = /^onCommand:(.*)$/.exec(event) ?? []
        assert.ok(
          command === undefined ? event.startsWith('onContext:tincan.') : commands.includes(command),
          `${id}: ${event}`,
        )
      }
      // The words of a step lead to commands, and to nothing else.
      const links = [...(words[`walkthrough.${id}.description`] ?? '').matchAll(/\]\(([^)]*)\)/g)].map(
        ([, to = '']) => to,
      )
      for (const link of links) assert.ok(commands.includes(link.replace(/^command:/, '')), `${id}: ${link}`)
    }
  })

  it('starts Tincan after the editor has started, not with it, or when a link or a restored tab asks for it', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onStartupFinished',
      'onUri',
      'onWebviewPanel:tincan.conversationEditor',
      'onFileSystem:tincan-patch',
      'onFileSystem:tincan-preview',
      'onFileSystem:tincan-snippet',
    ])
  })
})
