import type * as vscode from 'vscode'
import type { SecretFinding } from '../../shared/secrets.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** How the services whose tokens are found write their names, where a capital letter is not all. */
const services: Readonly<Record<string, string>> = {
  aws: 'AWS',
  gcp: 'Google Cloud',
  github: 'GitHub',
  gitlab: 'GitLab',
  'hashicorp-vault': 'HashiCorp Vault',
  huggingface: 'Hugging Face',
  npm: 'npm',
  openai: 'OpenAI',
  sendgrid: 'SendGrid',
}

/** What a finding is, for the middle of a sentence. */
export function secretWords({ kind }: SecretFinding, l10n: L10n): string {
  switch (kind) {
    case 'private-key':
      return l10n.t('a private key')
    case 'jwt':
      return l10n.t('a session token')
    case 'basic-auth':
    case 'database-connection-string':
      return l10n.t('a password in an address')
    case 'assignment':
      return l10n.t('a password or key')
    case 'secret-file':
      return l10n.t('a file that holds secrets by custom')
    default:
      return l10n.t('a secret of {0}', services[kind] ?? kind.charAt(0).toUpperCase() + kind.slice(1))
  }
}

/** The most findings that are named one by one. */
const maxNamed = 3

/** What was found and where, without a word of it. At least one finding. */
export function secretSentence(findings: readonly SecretFinding[], l10n: L10n): string {
  const named = findings.slice(0, maxNamed).map((finding) => {
    const words = secretWords(finding, l10n)
    return finding.firstLine === 0 ? words : l10n.t('{0} in line {1}', words, finding.firstLine)
  })
  const more = findings.length - named.length
  const list = [...named, ...(more > 0 ? [l10n.t('{0} more', more)] : [])].join(', ')
  return l10n.t('This looks like it holds {0}.', list)
}
