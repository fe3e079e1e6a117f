import assert from 'node:assert/strict'
import { it } from 'node:test'
import { secretlintScanner } from '../../src/node/secretlintScanner.ts'
import { harmlessSamples, secretSamples } from '../core/guard/secretCorpus.ts'

/** Random letters and digits in the shape of a token of a code forge. */
const token = `ghp_${'a1B2c3D4e5F6g7H8'.repeat(3).slice(0, 36)}`

it('finds every secret of the corpus, and nothing where there is none', async (t) => {
  const missed: string[] = []
  const wrong: string[] = []
  for (const { text, secret = '' } of secretSamples) {
    const findings = await secretlintScanner.scan(text)
    const isFound = findings.some(({ from, to }) => {
      const found = text.slice(from, to)
      return found.includes(secret) || secret.includes(found)
    })
    if (!isFound) missed.push(text)
  }
  for (const { text } of harmlessSamples) if ((await secretlintScanner.scan(text)).length > 0) wrong.push(text)
  const found = secretSamples.length - missed.length
  const recall = (found / secretSamples.length).toFixed(3)
  const precision = (found / (found + wrong.length)).toFixed(3)
  t.diagnostic(
    `recall ${recall} of ${String(secretSamples.length)} secrets, precision ${precision} with ${String(harmlessSamples.length)} harmless texts`,
  )
  assert.deepEqual(missed, [])
  assert.deepEqual(wrong, [])
})

it('says on which lines a finding is, and merges what overlaps', async () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----'
  const findings = await secretlintScanner.scan(`first\n${key}\n${token} and token="${token}"\n`)
  assert.deepEqual(
    findings.map(({ kind, firstLine, lastLine }) => [kind, firstLine, lastLine]),
    [
      ['private-key', 2, 4],
      ['github', 5, 5],
      ['assignment', 5, 5],
    ],
  )
})

it('is not switched off by a comment in the text', async () => {
  const findings = await secretlintScanner.scan(`// secretlint-disable\n${token}\n`)
  assert.deepEqual(
    findings.map(({ kind }) => kind),
    ['github'],
  )
})

it('takes the name of a file for a finding of its own', async () => {
  assert.deepEqual(await secretlintScanner.scan('A=1', 'deploy/.env'), [
    { kind: 'secret-file', from: 0, to: 0, firstLine: 0, lastLine: 0 },
  ])
  assert.deepEqual(await secretlintScanner.scan('A=1', 'deploy/.env.example'), [])
})
