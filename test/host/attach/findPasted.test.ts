import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { findPasted } from '../../../src/host/attach/findPasted.ts'
import type { OpenText } from '../../../src/host/attach/findPasted.ts'

const open = (text: string, selected: readonly string[] = [], language = 'python'): OpenText => ({
  language,
  text,
  selected,
})
const kettle = open('a = 1\nb = 2\nc = 3\n')

describe('findPasted', () => {
  it('finds the one text that holds it, and where', () => {
    const found = findPasted('b = 2\nc', 'python', [open('x = 9\n'), kettle])
    assert.equal(found?.from, kettle)
    assert.deepEqual(found.place, { start: { line: 1, character: 0 }, end: { line: 2, character: 1 } })
  })

  it('takes any line ends for the same', () => {
    const found = findPasted('b = 2\r\nc = 3', 'python', [open('a = 1\r\nb = 2\r\nc = 3\r\n')])
    assert.deepEqual(found?.place, { start: { line: 1, character: 0 }, end: { line: 2, character: 5 } })
  })

  it('prefers the text in which it is selected', () => {
    const selecting = open(kettle.text, ['b = 2\n'])
    assert.equal(findPasted('b = 2\n', 'python', [kettle, selecting])?.from, selecting)
  })

  it('finds nothing where it could be from several places, or is from none', () => {
    assert.equal(findPasted('b = 2', 'python', [kettle, open(kettle.text)]), undefined)
    assert.equal(findPasted('a\n', 'python', [open('a\na\n')]), undefined)
    assert.equal(findPasted('z', 'python', [kettle]), undefined)
    assert.equal(findPasted('b = 2', 'rust', [kettle]), undefined)
    assert.equal(findPasted(' \n', 'python', [open('a \n')]), undefined)
  })

  it('names exactly the pasted text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', 'ß'), minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, fc.nat(29), fc.nat(29), (whole, from, to) => {
        const pasted = whole.slice(Math.min(from, to), Math.max(from, to))
        const place = findPasted(pasted, 'python', [open(whole)])?.place
        if (place === undefined) return
        const lines = whole.split('\n')
        const offset = ({ line, character }: { line: number; character: number }): number =>
          lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, character)
        assert.equal(whole.slice(offset(place.start), offset(place.end)), pasted)
      }),
    )
  })
})
