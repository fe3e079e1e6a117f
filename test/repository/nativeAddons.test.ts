import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type * as esbuildScript from '../../esbuild.mjs'
import { repository } from './sourceTree.ts'

type Build = typeof esbuildScript

describe('Native add-ons', () => {
  let folder = ''
  let bundler: Build

  /** An extension that uses an add-on with a binary for one platform only. */
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tincan-addons-'))
    await put('esbuild.mjs', await readFile(path.join(repository, 'esbuild.mjs'), 'utf8'))
    await put('package.json', '{ "type": "module" }')
    await put('src/layers.json', '{ "core": { "layers": [], "packages": [] } }')
    await put('src/core/chat.ts', 'export const chat = 1')
    await put('src/host/extension.ts', `import * as addon from 'some-native'\nexport const name = addon`)
    await put('src/host/highlight/worker.ts', 'export const worker = 1')
    const addon = 'node_modules/some-native'
    await put(`${addon}/package.json`, '{ "name": "some-native", "main": "index.js" }')
    await put(`${addon}/index.js`, `module.exports = require('./binding')`)
    await put(`${addon}/binding.js`, `require.addon = require('require-addon')\nmodule.exports = require.addon('.')`)
    await put(`${addon}/prebuilds/linux-x64/some-native.node`, 'the binary for linux-x64')
    for (const name of ['esbuild', '@vscode'])
      await symlink(path.join(repository, 'node_modules', name), path.join(folder, 'node_modules', name), 'junction')
    bundler = (await import(pathToFileURL(path.join(folder, 'esbuild.mjs')).href)) as Build
  })
  after(() => rm(folder, { recursive: true, force: true }))

  async function put(file: string, content: string): Promise<void> {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
    await writeFile(path.join(folder, file), content)
  }

  async function buildHost(target: string): Promise<string> {
    const outdir = path.join(folder, 'out', target)
    const options: esbuildScript.BuildOptions = { target, only: ['host'], isProduction: true, outdir }
    try {
      await bundler.build(options)
    } catch (error) {
      throw new Error(await bundler.describe(error), { cause: error })
    }
    return outdir
  }

  it('lie beside the bundle that requires them', async () => {
    const outdir = await buildHost('linux-x64')
    assert.deepEqual((await readdir(outdir)).sort(), ['extension.cjs', 'highlightWorker.cjs', 'some-native.node'])
    assert.equal(await readFile(path.join(outdir, 'some-native.node'), 'utf8'), 'the binary for linux-x64')
    assert.match(await readFile(path.join(outdir, 'extension.cjs'), 'utf8'), /require\("\.\/some-native\.node"\)/)
  })

  it('fail the build in one sentence when there is no binary for the platform', async () => {
    await assert.rejects(buildHost('win32-arm64'), /some-native has no prebuilt binary for win32-arm64\./)
  })

  it('fail the build when they are loaded in a way that a bundle cannot follow', async () => {
    const loader = path.join(folder, 'node_modules', 'other-native')
    await cp(path.join(folder, 'node_modules', 'some-native'), loader, { recursive: true })
    await put('node_modules/other-native/index.js', `module.exports = require('node-gyp-build')(__dirname)`)
    await put('src/host/highlight/worker.ts', `import * as addon from 'other-native'\nexport const worker = addon`)
    await assert.rejects(buildHost('linux-x64'), /other-native.index\.js loads a native add-on through node-gyp-build/)
  })

  it('are never built for a platform that Tincan is not packaged for', async () => {
    await assert.rejects(buildHost('sunos-x64'), /'sunos-x64' is not a platform Tincan is built for: linux-x64, /)
  })
})
