/**
 * Our own rules for what looks like a secret, beside those that know the tokens of services. Every pattern is linear:
 * bounded repetitions, and none inside another over the same characters.
 */

/** A secret as a rule sees it: UTF-16 offsets, `to` behind the last unit. */
export interface SecretSpan {
  readonly kind: string
  readonly from: number
  readonly to: number
}

/** From the first to the last line of a key, or to the end of a text that breaks off within one. */
const privateKey =
  /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END)){0,16384}(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g
const otherPrivateKey = /\bAGE-SECRET-KEY-1[0-9A-Z]{20,100}|\bPuTTY-User-Key-File-\d:[^\n]{0,200}/g
const jwt = /\beyJ[A-Za-z0-9_-]{8,2048}\.eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{16,2048}/g
const basicAuth = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>`]{0,128}:([^\s/@"'<>`]{1,256})@[^\s/@"'<>`]/gi
const keyword =
  'passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth[_-]?key|encryption[_-]?key'
/** The rest of a name that begins with such a word. */
const restOfName = /[A-Za-z0-9_.-]*/y
/** A name that ends with such a word, and little more. */
const secretName = new RegExp(`(?:${keyword})[A-Za-z0-9_.-]{0,24}$`, 'i')
const maxNameLength = 96
/** Behind a name: ` = value`, `": "value"`, `: value`, `=value`, ` "value"`. */
const assigned = /["'`\]]{0,2}[ \t]{0,8}(?::=|=>|=|:|[ \t](?=["']))[ \t]{0,8}(["'`]?)([^\s"'`,;<>(){}]{6,512})(\(?)/y

/** The value is not the secret that the name speaks of, but something about it. */
const aboutSecret =
  /(?:ur[il]|endpoint|type|name|path|file|dir|field|length|size|count|expir\w*|ttl|age|header|prefix|pattern|regex|policy|hint|label|placeholder|title|message|error|id|ref|index|limit|algorithm|alg|format|kind|class|provider|manager|service|reset|required|min|max|budget|colou?rs?|style|store|range|start|end|pairs?)s?$/i
const placeholder =
  /^(?:[x*.\u2022_#-]+|.*(?:example|placeholder|changeme|change[_-]me|replace[_-]?me|dummy|redacted|insert[_-]|your[_-]|my[_-]?(?:secret|password|token)|todo|fixme|sample|not[_-]?set|undefined|null|none).*|[$%{].*|.*\$\{.*|process\.env\b.*|env\..*|os\.environ.*|import\.meta.*|secrets?\..*|vault:.*|op:\/\/.*|ref\+.*)$/i
/** What code has where a configuration has a value: `config.password`, `tokens[0]`, `Uint8Array`, `bytes32`. */
const code =
  /^[!=&*+-]|^[A-Za-z_$][A-Za-z_$.:?!&|]*$|[[\]\\]|^(?:u?int|float|bytes|utf|sha|md|base|big|vec|rsa|aes|ed)-?\d|(?:Array|Buffer|String)$/i
/** `lockedMissing`, `private-key`, `x.y_z`: a name, even in quotes. */
const plainName = /^[A-Za-z]+(?:[-_. ][A-Za-z]+)*$/
/** `https://…`, `./file`, `/^pattern$/`. */
const address = /^(?:[a-z][a-z0-9+.-]{1,10}:\/\/|[.~]{0,2}\/)/i

/** Everything in the text that our own rules take for a secret, in no particular order; spans may overlap. */
export function findSecrets(text: string): SecretSpan[] {
  const found: SecretSpan[] = []
  const whole = (kind: string, pattern: RegExp): void => {
    for (const match of text.matchAll(pattern))
      found.push({ kind, from: match.index, to: match.index + match[0].length })
  }
  whole('private-key', privateKey)
  whole('private-key', otherPrivateKey)
  whole('jwt', jwt)
  for (const match of text.matchAll(basicAuth)) {
    const password = match[1] ?? ''
    if (isPlaceholder(password) || /^(?:pass|password|secret|pw|pwd|token)$/i.test(password)) continue
    const to = match.index + match[0].length - 2
    found.push({ kind: 'basic-auth', from: to - password.length, to })
  }
  found.push(...findAssignments(text))
  return found
}

/** Values behind names that speak of a secret. Each name is read once, however long it is. */
function findAssignments(text: string): SecretSpan[] {
  const found: SecretSpan[] = []
  const words = new RegExp(keyword, 'gi')
  for (let word = words.exec(text); word !== null; word = words.exec(text)) {
    restOfName.lastIndex = words.lastIndex
    restOfName.exec(text)
    const nameEnd = restOfName.lastIndex
    words.lastIndex = nameEnd
    const name = text.slice(Math.max(word.index, nameEnd - maxNameLength), nameEnd)
    if (!secretName.test(name) || aboutSecret.test(name)) continue
    assigned.lastIndex = nameEnd
    const [all, quote = '', value = '', call = ''] = assigned.exec(text) ?? []
    if (all === undefined) continue
    const to = nameEnd + all.length
    words.lastIndex = to
    if (call === '' && isSecretValue(value, quote !== ''))
      found.push({ kind: 'assignment', from: to - value.length, to })
  }
  return found
}

/** Whether a value that stands where a secret would is one: not a placeholder, not code, and not a plain name. */
function isSecretValue(value: string, isQuoted: boolean): boolean {
  if (isPlaceholder(value) || address.test(value) || (!isQuoted && code.test(value))) return false
  const bits = entropyBits(value)
  if (plainName.test(value)) return value.length >= 24 && bits >= 4
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value)).length
  // A number is hardly ever a secret; a long text of many different characters is.
  return kinds >= 2 ? bits >= 2.3 : value.length >= 20 && bits >= 3.3
}

const isPlaceholder = (value: string): boolean => placeholder.test(value) || new Set(value).size <= 3

/** Shannon entropy in bits per UTF-16 unit. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>()
  for (const unit of text) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

const secretFile =
  /^(?:\.env(?:\.(?!example$|sample$|template$|dist$|defaults?$)[^/]+)?|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[^/]*\.(?:pem|p12|pfx|p8|kdbx|jks|keystore|ppk)|\.netrc|_netrc|\.pgpass|\.git-credentials|\.htpasswd|\.pypirc|[^/]*_rsa|service-account[^/]*\.json)$/i

/** Whether a file of this name (or path with forward slashes) is one that holds secrets by custom. */
export function isSecretFileName(path: string): boolean {
  return secretFile.test(path.slice(path.lastIndexOf('/') + 1))
}
