import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { parseChatErrorCode } from '../../src/shared/chatError.ts'
import { parseServiceMethod, serviceNotifications } from '../../src/shared/serviceNames.ts'
import { repository } from './sourceTree.ts'

const read = (file: string): string => readFileSync(path.join(repository, file), 'utf8')
const page = read('README.md')

/** What stands under a heading, up to the next one of its level. */
function section(heading: string): string {
  const [, level = ''] = /^(#+)/.exec(heading) ?? []
  const text = page.split(`\n${heading}\n`)[1]
  assert.ok(text, `there is no ${heading}`)
  return text.split(new RegExp(`\n#{1,${level.length}} `))[0] ?? ''
}

/** The names in the first column of a table. */
const named = (table: string): string[] =>
  [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  )

const methods = [...read('src/shared/serviceNames.ts').matchAll(/^ {2}'?([\w/]+)'?: true,/gm)]
  .map(([, name = '']) => name)
  .filter((name) => parseServiceMethod(name) !== undefined)

describe('The README', () => {
  it('says what Tincan protects and what it does not, how it is installed and compared, and has both commands', () => {
    for (const heading of ['## Start', '## How it compares', '## Headless', '## Develop']) section(heading)
    const protection = section('## What Tincan protects, and what it does not')
    for (const word of ['Your IP address', 'What your contacts keep', 'A stolen disk'])
      assert.ok(protection.includes(`**${word}`), word)
    for (const command of ['npm start', 'npm test'])
      assert.ok(section('## Develop').includes(`\`${command}\``), command)
  })

  it('has every key of the manifest in its map, as it is pressed', () => {
    const { contributes } = JSON.parse(read('package.json')) as {
      contributes: { keybindings: readonly { key: string; mac?: string }[] }
    }
    const map = section('### By keyboard')
    const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
    const pressed = (key: string): string => key.split('+').map(capital).join('+')
    const onMac = (key: string): string =>
      key
        .split('+')
        .map((part) => ({ shift: '⇧', cmd: '⌘' })[part] ?? capital(part))
        .join('')
    assert.ok(contributes.keybindings.length > 0)
    for (const { key, mac } of contributes.keybindings) {
      assert.ok(map.includes(`\`${pressed(key)}\``), key)
      if (mac !== undefined) assert.ok(map.includes(`\`${onMac(mac)}\``), mac)
    }
  })

  it('shows pictures that there are', () => {
    const pictures = [...page.matchAll(/!\[([^\]]+)\]\(([^)]+)\)/g)]
    assert.notDeepEqual(pictures, [])
    for (const [, words = '', file = ''] of pictures) {
      assert.ok(words.length > 20, `${file} is not described`)
      const png = readFileSync(path.join(repository, file))
      assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG')
      assert.ok(png.readUInt32BE(16) >= 800, `${file} is too small to be read`)
    }
  })

  it('shows a recording that moves and is quickly there', () => {
    const recording = readFileSync(path.join(repository, 'media/readme/recording.png'))
    const control = recording.indexOf('acTL', 0, 'latin1')
    assert.ok(control > 0 && control < recording.indexOf('IDAT', 0, 'latin1'), 'it is animated')
    assert.ok(recording.readUInt32BE(control + 4) >= 5)
    assert.ok(recording.length < 1_000_000)
  })

  it('lists every request and every notification of the service, and no others', () => {
    assert.ok(methods.length > 40)
    assert.deepEqual(named(section('### Requests')).sort(), [...methods].sort())
    assert.deepEqual(named(section('### Notifications')).sort(), [...serviceNotifications].sort())
  })

  it('lists every code that a request can be refused with', () => {
    const codes = [...read('src/shared/chatError.ts').matchAll(/^ {2}'?([\w-]+)'?: '/gm)].map(([, code = '']) => code)
    // These two keep Tincan from serving at all: they come as a sentence on stderr.
    const refusals = codes.filter((code) => !['in-use', 'unsupported-platform'].includes(code))
    assert.ok(refusals.length > 30)
    const listed = [...section('### Errors').matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code)
    assert.deepEqual(
      [...listed].filter((code) => parseChatErrorCode(code) !== undefined).sort(),
      [...new Set(refusals), 'invalid-params'].sort(),
    )
  })

  it('explains every option of the headless program', () => {
    const usage = read('src/headless/parseCommandLine.ts')
    const options = [...usage.matchAll(/^ {2}(--[\w-]+)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== '--help')
    assert.ok(options.length >= 7)
    assert.deepEqual(
      named(section('## Headless'))
        .filter((name) => name.startsWith('--'))
        .map((name) => name.split(' ')[0]),
      options,
    )
  })
})
