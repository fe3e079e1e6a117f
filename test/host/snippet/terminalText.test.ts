import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { terminalText } from '../../../src/host/snippet/terminalText.ts'

describe('terminalText', () => {
  it('takes one command, without its prompt, and without a line break', () => {
    assert.deepEqual(terminalText('npm test\n'), { kind: 'lines', lines: ['npm test'] })
    assert.deepEqual(terminalText('$ git status  \r\n'), { kind: 'lines', lines: ['git status'] })
    assert.deepEqual(terminalText('echo "$HOME"'), { kind: 'lines', lines: ['echo "$HOME"'] })
  })

  it('joins a command that is written in several lines, and offers several commands one by one', () => {
    assert.deepEqual(terminalText('docker run \\\n  --rm \\\n  kettle\necho done'), {
      kind: 'lines',
      lines: ['docker run --rm kettle', 'echo done'],
    })
    assert.deepEqual(terminalText('# build it\nmake\n\n:: note\nREM note\n# done'), { kind: 'lines', lines: ['make'] })
    assert.deepEqual(terminalText('echo a\\\\\nls'), { kind: 'lines', lines: ['echo a\\\\', 'ls'] })
  })

  it('refuses everything that a terminal obeys', () => {
    for (const text of [
      'echo \u001b[2J',
      'echo \u001b]0;title\u0007',
      'ls\u0003rm -rf x',
      'a\u0000b',
      'a\u0004',
      'a\u007f\u007frm',
      'a\u0085b',
      'a\u009b2J',
      'a\u2028b',
      'a\u2029b',
      '\u001b[200~x\u001b[201~',
      'half \ud800',
      `echo ${'x'.repeat(3_000)}`,
      'ls\n'.repeat(200),
    ])
      assert.deepEqual(terminalText(text), { kind: 'refused' }, JSON.stringify(text.slice(0, 40)))
  })

  it('finds no command in comments and white space', () => {
    for (const text of ['', ' \n\t\n', '# only\n  # words']) assert.deepEqual(terminalText(text), { kind: 'empty' })
  })

  it('never lets a control character or a line break through, whatever it is given', () => {
    const unit = fc.oneof(
      fc.constantFrom('ls', ' ', '\n', '\r', '\t', '\\', '\u001b', '\u0085', '\u2028', '$ ', '#'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (units) => {
        const text = terminalText(units.join(''))
        if (text.kind !== 'lines') return
        for (const line of text.lines) assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}]/u)
      }),
      { numRuns: 1000 },
    )
  })
})
