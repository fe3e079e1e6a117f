import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { type BoundaryBreak, boundaryBreaks } from './boundaryBreaks.ts'
import { bundleCore, compile, type Complaints, lint } from './guards.ts'
import { withSourceTree } from './sourceTree.ts'

describe('The boundaries between the layers', () => {
  it('let a sound source tree pass all three guards', async () => {
    await withSourceTree({}, async (tree) => {
      assert.deepEqual([...(await compile(tree))], [])
      assert.deepEqual([...(await lint(tree))], [])
      assert.deepEqual(await bundleCore(tree), [])
    })
  })

  describe('when they are broken', () => {
    let compiled: Complaints
    let linted: Complaints

    before(async () => {
      await withSourceTree(Object.assign({}, ...boundaryBreaks.map(filesOf)) as Files, async (tree) => {
        compiled = await compile(tree)
        linted = await lint(tree)
      })
    })

    for (const broken of boundaryBreaks) {
      const { title, file, guards } = broken
      it(`are held by the ${guards.join(' and the ')}: ${title}`, async () => {
        if (guards.includes('compiler')) assert.ok(compiled.has(file), 'the compiler lets it pass')
        if (guards.includes('linter')) assert.ok(isBoundaryComplaint(linted.get(file)), 'the linter lets it pass')
        if (!guards.includes('bundler')) return
        await withSourceTree(filesOf(broken), async (tree) => {
          await tree.write('src/core/chat.ts', `export * from './${file.slice('src/core/'.length)}'\n`)
          assert.notDeepEqual(await bundleCore(tree), [], 'the bundler lets it pass')
        })
      })
    }

    it('are not said by the linter to be broken by the files that keep them', () => {
      const broken = new Set(boundaryBreaks.map(({ file }) => file))
      assert.deepEqual(
        [...linted].filter(([file]) => !broken.has(file)),
        [],
      )
    })
  })
})

type Files = Readonly<Record<string, string>>

function filesOf({ file, content, target }: BoundaryBreak): Files {
  return { [file]: content, ...(target === undefined ? {} : { [target]: 'export const size = 1\n' }) }
}

/** Not just any complaint: one of the rules that are there for the boundaries. */
function isBoundaryComplaint(complaints: readonly string[] = []): boolean {
  return complaints.some((text) => /^(tincan\/layers|no-restricted-(globals|properties)):/.test(text))
}
