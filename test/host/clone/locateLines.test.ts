import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { linesOf, locateLines, maxFileChars } from '../../../src/host/clone/locateLines.ts'

const file = `/** A kettle that says when its water boils. */
export class Kettle {
  #celsius = 20

  get isBoiling(): boolean {
    return this.#celsius >= 100
  }

  heat(joules: number, litres: number): void {
    if (litres <= 0) throw new RangeError('An empty kettle must not be heated')
    this.#celsius = Math.min(100, this.#celsius + joules / (4_186 * litres))
  }
}
`
const boiling = '  get isBoiling(): boolean {\n    return this.#celsius >= 100\n  }'
const lines = { first: 5, last: 7 }

describe('locateLines', () => {
  it('finds what is where it says, whatever the line ends of the file are', () => {
    const there = { kind: 'same', ...lines }
    assert.deepEqual(locateLines(file, { text: boiling, lines }), there)
    assert.deepEqual(locateLines(file.replace(/\n/g, '\r\n'), { text: boiling, lines }), there)
    assert.deepEqual(locateLines(file, { text: `${boiling}\n`, lines }), there)
  })

  it('finds what moved, and a part of a line as well', () => {
    const moved = `// one\n// two\n${file}`
    assert.deepEqual(locateLines(moved, { text: boiling, lines }), { kind: 'moved', first: 7, last: 9 })
    const part = { text: 'isBoiling(): boolean {\n    return this', lines: { first: 5, last: 6 } }
    assert.deepEqual(locateLines(moved, part), { kind: 'moved', first: 7, last: 8 })
    assert.deepEqual(locateLines(file, part), { kind: 'same', first: 5, last: 6 })
  })

  it('takes the place whose surroundings fit, and else the nearest, where a text occurs several times', () => {
    const repeated = 'a()\nreturn ok()\nb()\nreturn ok()\nc()\nreturn ok()\nd()'
    const sought = { text: 'return ok()', lines: { first: 3, last: 3 } }
    assert.deepEqual(locateLines(repeated, sought), { kind: 'moved', first: 2, last: 2 })
    const context = { before: 'c()\n', after: '\nd()' }
    assert.deepEqual(locateLines(repeated, { ...sought, context }), { kind: 'moved', first: 6, last: 6 })
  })

  it('does not take a few letters somewhere in a line for what was moved', () => {
    assert.deepEqual(locateLines('import x\nlet index', { text: 'i', lines: { first: 9, last: 9 } }), { kind: 'lost' })
  })

  it('finds lines that were changed by those that were not', () => {
    const changed = `// new\n${file.replace('>= 100', '>= this.boilingPoint')}`
    assert.deepEqual(locateLines(changed, { text: boiling, lines }), { kind: 'changed', first: 6, last: 8 })
    const grown = file.replace('    return', '    log()\n    return').replace('>= 100', '>= 96')
    assert.deepEqual(locateLines(grown, { text: boiling, lines }), { kind: 'changed', first: 5, last: 8 })
    const indented = file.replace(/^/gm, '  ')
    assert.deepEqual(locateLines(indented, { text: boiling, lines }), { kind: 'changed', first: 5, last: 7 })
  })

  it('finds a single line that was changed by its words', () => {
    const sought = { text: '    return this.#celsius >= 96', lines: { first: 3, last: 3 } }
    assert.deepEqual(locateLines(file, sought), { kind: 'changed', first: 6, last: 6 })
  })

  it('finds lines of which none is left between the lines around them', () => {
    const context = { before: '  #celsius = 20\n', after: '\n  heat(joules: number, litres: number): void {' }
    const rewritten = file.replace(boiling, '  boils = () => steam()')
    assert.deepEqual(locateLines(rewritten, { text: `\n${boiling}\n`, lines: { first: 4, last: 8 }, context }), {
      kind: 'changed',
      first: 4,
      last: 6,
    })
  })

  it('finds nothing where nothing is like it, or where what stood there is gone', () => {
    assert.deepEqual(locateLines('print("hello")\n', { text: boiling, lines }), { kind: 'lost' })
    assert.deepEqual(locateLines('', { text: boiling, lines }), { kind: 'lost' })
    const context = { before: 'alpha()', after: 'omega()' }
    assert.deepEqual(locateLines('alpha()\nomega()', { text: 'middle()', context }), { kind: 'lost' })
  })

  it('does not search a file that is too long', () => {
    const long = `${'x\n'.repeat(maxFileChars / 2)}${boiling}`
    assert.deepEqual(locateLines(long, { text: boiling, lines }), { kind: 'lost' })
  })

  it('answers lines that are in the file, whatever it is asked', () => {
    const line = fc.constantFrom('a', 'ab()', '', '  }', 'return x', 'ж', 'const kettle = 1')
    const text = fc.array(line, { maxLength: 12 }).map((each) => each.join('\n'))
    const range = fc.record({ first: fc.integer({ min: 1, max: 20 }), last: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(
        text,
        text,
        fc.option(range, { nil: undefined }),
        fc.record({ before: text, after: text }),
        (any, sought, at, context) => {
          const found = locateLines(any, { text: sought, context, ...(at === undefined ? {} : { lines: at }) })
          if (found.kind === 'lost') return
          assert.ok(found.first >= 1 && found.first <= found.last && found.last <= linesOf(any).length)
          if (found.kind === 'changed') return
          assert.ok(
            linesOf(any)
              .slice(found.first - 1, found.last)
              .join('\n')
              .includes(sought.replace(/\n$/, '')),
          )
        },
      ),
      { numRuns: 1000 },
    )
  })
})
