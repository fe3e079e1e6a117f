import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { mergeFindings } from '../../../src/core/guard/mergeFindings.ts'
import { entropyBits, findSecrets, isSecretFileName } from '../../../src/core/guard/secretRules.ts'
import { redactSecrets } from '../../../src/shared/secrets.ts'

describe('isSecretFileName', () => {
  for (const name of [
    '.env',
    'app/.env.production',
    'id_ed25519',
    'keys/id_rsa',
    'server.pem',
    'a.p12',
    '.netrc',
    'x.PFX',
  ])
    it(`holds for ${name}`, () => {
      assert.ok(isSecretFileName(name))
    })
  for (const name of [
    '.env.example',
    'id_rsa.pub',
    'pem.ts',
    'environment.ts',
    '.envrc.md',
    'README.md',
    'grid_rsa.txt',
  ])
    it(`does not hold for ${name}`, () => {
      assert.ok(!isSecretFileName(name))
    })
})

describe('findSecrets', () => {
  it('marks the value alone, without its name and quotes', () => {
    const text = 'const dbPassword = "Tr0ub4dor&3"'
    assert.deepEqual(
      findSecrets(text).map(({ kind, from, to }) => [kind, text.slice(from, to)]),
      [['assignment', 'Tr0ub4dor&3']],
    )
  })

  it('marks a key that breaks off to the end of the text', () => {
    const text = 'x\n-----BEGIN PRIVATE KEY-----\nMIIE'
    assert.deepEqual(findSecrets(text), [{ kind: 'private-key', from: 2, to: text.length }])
  })

  it('answers any text with spans inside of it', () => {
    const piece = fc.constantFrom(
      'password',
      '=',
      ': ',
      '"',
      'eyJ',
      '.',
      '://',
      'a:b@',
      '-----BEGIN ',
      'PRIVATE KEY-----',
      'x9$',
    )
    const text = fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (given) => {
        for (const { from, to } of findSecrets(given)) assert.ok(from >= 0 && from < to && to <= given.length)
      }),
    )
  })
})

describe('mergeFindings and redactSecrets', () => {
  const given = fc
    .string({ unit: fc.constantFrom('a', '1', '-', '\n', 'ß', '日'), minLength: 1, maxLength: 60 })
    .chain((text) =>
      fc.record({
        text: fc.constant(text),
        spans: fc.array(
          fc
            .tuple(fc.nat(text.length - 1), fc.nat(text.length - 1))
            .map(([a, b]) => ({ kind: 'jwt', from: Math.min(a, b), to: Math.max(a, b) + 1 })),
          { maxLength: 6 },
        ),
      }),
    )

  it('keep order, cover every span, and never overlap', () => {
    fc.assert(
      fc.property(given, ({ text, spans }) => {
        const findings = mergeFindings(text, spans)
        findings.forEach((finding, i) => {
          const before = findings[i - 1]
          assert.ok(before === undefined || before.to <= finding.from)
          assert.equal(finding.firstLine, text.slice(0, finding.from).split('\n').length)
          assert.equal(finding.lastLine, text.slice(0, finding.to - 1).split('\n').length)
        })
        for (const span of spans) assert.ok(findings.some(({ from, to }) => from <= span.from && span.to <= to))
      }),
    )
  })

  it('leave no letter or digit of a secret, and everything else as it was', () => {
    fc.assert(
      fc.property(given, ({ text, spans }) => {
        const redacted = redactSecrets(text, mergeFindings(text, spans))
        assert.equal(redacted.length, text.length)
        ;[...text].forEach((unit, i) => {
          const isInside = spans.some(({ from, to }) => from <= i && i < to)
          assert.equal(redacted[i], isInside && /[\p{L}\p{N}]/u.test(unit) ? 'x' : unit)
        })
      }),
    )
  })
})

it('entropyBits is 0 for one character, and the logarithm of how many for equally many of each', () => {
  assert.equal(entropyBits('aaaa'), 0)
  assert.equal(entropyBits('abcdefgh'), 3)
})
