import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { targets } from '../../../esbuild.mjs'
import { repository } from '../sourceTree.ts'
import { glibcNeeded } from './glibcNeeded.ts'

/** What the sentence says that a user reads where an add-on does not load. */
const promised = /needs glibc (\d+)\.(\d+) or later/.exec(
  readFileSync(path.join(repository, 'src/host/errorSentence.ts'), 'utf8'),
)
/** The newest that any target may ask for: a prebuilt add-on asks for a newer one whenever its maker's machine is newer. */
const newest = [Number(promised?.[1]), Number(promised?.[2])] as const

const addons = targets
  .filter((target) => target.startsWith('linux-'))
  .flatMap((target) =>
    globSync(`node_modules/*/prebuilds/${target}/*.node`, { cwd: repository }).map(
      (file) => [path.basename(file, '.node'), target, path.join(repository, file)] as const,
    ),
  )

describe('Native add-ons for Linux', () => {
  it('are all looked at', () => {
    assert.deepEqual(addons.map(([name, target]) => `${name} ${target}`).sort(), [
      'sodium-native linux-arm64',
      'sodium-native linux-x64',
      'udx-native linux-arm64',
      'udx-native linux-x64',
    ])
  })

  for (const [name, target, file] of addons)
    it(`need no newer glibc than is said: ${name} for ${target}`, () => {
      const needed = glibcNeeded(readFileSync(file))
      assert.ok(needed !== undefined, 'it names the versions that it needs')
      const isOlder = needed[0] < newest[0] || (needed[0] === newest[0] && needed[1] <= newest[1])
      assert.ok(isOlder, `it needs ${needed.join('.')}, and ${newest.join('.')} is said`)
    })

  it('are what makes the sentence true: one of them needs just that version', () => {
    const needed = addons.map(([, , file]) => glibcNeeded(readFileSync(file))?.join('.'))
    assert.ok(needed.includes(newest.join('.')), needed.join())
  })

  it('are no ELF files for other systems, which is said', () => {
    assert.throws(() => glibcNeeded(Buffer.alloc(128)), /Not a 64-bit ELF file/)
  })
})
