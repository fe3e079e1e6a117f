/** Looks into the packages that `npm run package` made; the run of all tests makes them first. */
import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { before, describe, it } from 'node:test'
import { targets } from '../../../esbuild.mjs'
import { packagePath, packageTarget } from '../../run/packageTarget.ts'
import { repository } from '../sourceTree.ts'
import { binaryTarget } from './binaryTarget.ts'
import { readZip, type ZipEntry } from './readZip.ts'

const maxBytes = 3 * 1024 * 1024

/** What every package has, and every other file must match. */
const needed = [
  ...['[Content_Types].xml', 'extension.vsixmanifest', 'extension/package.json', 'extension/readme.md'],
  ...['extension/LICENSE.txt', 'extension/changelog.md', 'extension/dist/ThirdPartyNotices.txt'],
  ...['extension/dist/extension.cjs', 'extension/dist/highlightWorker.cjs'],
  ...['extension/dist/sodium-native.node', 'extension/dist/udx-native.node'],
  ...['extension/dist/webview/main.js', 'extension/dist/webview/card.js'],
  ...['extension/dist/webview/codicon.css', 'extension/dist/webview/codicon.ttf'],
]
const possible = [
  /^extension\/dist\/webview\/[a-zA-Z]+\.css$/,
  /^extension\/media\/(?!readme\/)[\w/-]+\.(css|svg|png|md)$/,
  /^extension\/package\.nls(\.[\w-]+)?\.json$/,
  /^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
]

for (const target of targets)
  describe(`The package for ${target}`, () => {
    let archive: Buffer
    let entries: readonly ZipEntry[]
    before(async () => {
      archive = await readFile(path.join(repository, packagePath(target)))
      entries = readZip(archive)
    })

    it('is at most 3 MB', () => {
      assert.ok(archive.length <= maxBytes, `it has ${archive.length} bytes`)
    })

    it('has everything that the extension needs, and nothing else', () => {
      const names = entries.map(({ name }) => name)
      assert.deepEqual(
        needed.filter((name) => !names.includes(name)),
        [],
        'missing',
      )
      assert.deepEqual(
        names.filter((name) => !needed.includes(name) && !possible.some((pattern) => pattern.test(name))),
        [],
        'too much',
      )
    })

    it('has code in ASCII alone: with one other letter it takes twice the memory in every window', () => {
      for (const entry of entries.filter(({ name }) => name.endsWith('.cjs')))
        assert.equal(
          entry.read().findIndex((byte) => byte > 0x7f),
          -1,
          entry.name,
        )
    })

    it('has no picture, page or style that nothing names', () => {
      const texts = ['extension/package.json', 'extension/dist/extension.cjs'].map((name) => textOf(entries, name))
      const names = entries.map(({ name }) => name).filter((name) => name.startsWith('extension/media/'))
      assert.notDeepEqual(names, [])
      assert.deepEqual(
        names.filter((name) => texts.every((text) => !text.includes(path.posix.basename(name)))),
        [],
      )
    })

    it('has native add-ons for this platform alone', () => {
      const binaries = entries.map((entry) => [entry.name, binaryTarget(entry.read())]).filter(([, found]) => found)
      assert.deepEqual(binaries.sort(), [
        ['extension/dist/sodium-native.node', target],
        ['extension/dist/udx-native.node', target],
      ])
    })

    it('says for which platform it is, and starts what it contains', () => {
      assert.match(textOf(entries, 'extension.vsixmanifest'), new RegExp(`TargetPlatform="${target}"`))
      const manifest = JSON.parse(textOf(entries, 'extension/package.json')) as Record<string, unknown>
      assert.equal(manifest['main'], './dist/extension.cjs')
      assert.deepEqual(
        ['scripts', 'dependencies', 'devDependencies'].filter((key) => key in manifest),
        [],
      )
    })

    it('names no folder of the machine that built it, and has no source maps', () => {
      for (const { name } of entries.filter((entry) => /\.(cjs|js|json|txt)$/.test(entry.name))) {
        const text = textOf(entries, name)
        assert.ok(!text.includes(repository.replace(/[\\/]$/, '')), `${name} names the folder of the repository`)
        assert.ok(!/^\/\/# sourceMappingURL=/m.test(text), `${name} has a source map`)
      }
    })
  })

it('A package built again, on another day by somebody with other habits, has the same bytes', async (t) => {
  const [target = ''] = targets
  const umask = process.umask(0o077)
  const zone = process.env['TZ']
  process.env['TZ'] = 'Asia/Tokyo'
  const again = 'dist/again.vsix'
  t.after(async () => {
    process.umask(umask)
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    await rm(path.join(repository, again), { force: true })
  })
  const [first, second] = await Promise.all([
    readFile(path.join(repository, packagePath(target))),
    packageTarget(repository, target, again).then((file) => readFile(file)),
  ])
  assert.deepEqual(
    readZip(second).map(({ name }) => name),
    readZip(first).map(({ name }) => name),
  )
  assert.ok(first.equals(second), 'the bytes differ')
})

function textOf(entries: readonly ZipEntry[], name: string): string {
  const entry = entries.find((each) => each.name === name)
  assert.ok(entry, `${name} is missing`)
  return entry.read().toString('utf8')
}
