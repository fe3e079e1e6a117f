import assert from 'node:assert/strict'
import { it } from 'node:test'
import { secretSentence, secretWords } from '../../../src/host/guard/secretWords.ts'
import { plainEnglish } from '../plainEnglish.ts'

const finding = (kind: string, line: number) => ({ kind, from: 0, to: 1, firstLine: line, lastLine: line })

it('names what was found, in words', () => {
  const kinds = ['private-key', 'jwt', 'basic-auth', 'assignment', 'secret-file', 'github', 'figma']
  assert.deepEqual(
    kinds.map((kind) => secretWords(finding(kind, 1), plainEnglish)),
    [
      'a private key',
      'a session token',
      'a password in an address',
      'a password or key',
      'a file that holds secrets by custom',
      'a secret of GitHub',
      'a secret of Figma',
    ],
  )
})

it('names three findings with their lines, and counts the others', () => {
  const findings = [finding('secret-file', 0), ...[2, 3, 4, 5].map((line) => finding('jwt', line))]
  assert.equal(
    secretSentence(findings, plainEnglish),
    'This looks like it holds a file that holds secrets by custom, a session token in line 2, a session token in line 3, 2 more.',
  )
})
