import { mergeFindings } from '../core/guard/mergeFindings.ts'
import { findSecrets, isSecretFileName } from '../core/guard/secretRules.ts'
import type { SecretScanner } from '../core/ports/secretScanner.ts'
import type { SecretFinding } from '../shared/secrets.ts'

const presetId = '@secretlint/secretlint-rule-preset-recommend'
const rulePrefix = '@secretlint/secretlint-rule-'
const leftOut: ReadonlySet<string> = new Set([
  // A comment in the text must not be able to switch the guard off.
  `${rulePrefix}filter-comments`,
  // Ours tells a password from a placeholder.
  `${rulePrefix}basicauth`,
])

const secretFile: SecretFinding = { kind: 'secret-file', from: 0, to: 0, firstLine: 0, lastLine: 0 }

/** Secretlint's recommended rules, which know the tokens of services, and our own. Loaded by the first scan. */
export const secretlintScanner: SecretScanner = {
  async scan(text, name) {
    const { messages } = await (await loadLint())(text)
    const theirs = messages.map(({ ruleId, range: [from, to] }) => ({ kind: kindOf(ruleId), from, to }))
    const findings = mergeFindings(text, [...findSecrets(text), ...theirs])
    return name !== undefined && isSecretFileName(name) ? [secretFile, ...findings] : findings
  },
}

let lint: ReturnType<typeof load> | undefined

function loadLint(): ReturnType<typeof load> {
  lint ??= load()
  return lint
}

async function load() {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ])
  // Secretlint does not honour `disabled` inside of a preset.
  const rule: typeof creator = {
    ...creator,
    create: (context, options) => {
      const registerRule: typeof context.registerRule = (each, value) => {
        if (!leftOut.has(each.meta.id)) context.registerRule(each, value)
      }
      creator.create({ ...context, registerRule }, options)
    },
  }
  const config = { rules: [{ id: presetId, rule }] }
  return (content: string) =>
    lintSource({
      source: { filePath: 'message.txt', content, ext: '.txt', contentType: 'text' },
      options: { noPhysicFilePath: true, config },
    })
}

function kindOf(ruleId: string): string {
  return ruleId === `${rulePrefix}privatekey` ? 'private-key' : ruleId.slice(rulePrefix.length)
}
