import { SeededRandom } from '../../doubles/seededRandom.ts'

/** A line of code or configuration, and the secret in it; absent where there is none. */
export interface Sample {
  readonly text: string
  readonly secret?: string
}

const random = new SeededRandom(20_131_205)
const pick = (alphabet: string, length: number): string =>
  [...random.bytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('')
const lower = 'abcdefghijklmnopqrstuvwxyz'
const alphanumeric = `${lower}${lower.toUpperCase()}0123456789`
const word = (length: number): string => pick(alphanumeric, length)
const hex = (length: number): string => pick('0123456789abcdef', length)
const base64url = (length: number): string => pick(`${alphanumeric}-_`, length)

/** Secrets are put together here, so that no scanner of repositories takes this file for a leak. */
const tokens: readonly string[] = [
  `ghp_${word(36)}`,
  `gho_${word(36)}`,
  `github_pat_${word(22)}_${word(59)}`,
  `glpat-${word(20)}`,
  `npm_${word(36)}`,
  `xoxb-${pick('0123456789', 12)}-${pick('0123456789', 12)}-${word(24)}`,
  `SG.${word(22)}.${word(43)}`,
  `hf_${pick(lower, 34)}`,
  `sk-ant-api03-${word(93)}AA`,
  `shpat_${hex(32)}`,
  `dapi${hex(32)}`,
]

const jwt = (): string => `eyJ${base64url(33)}.eyJ${base64url(70)}.${base64url(43)}`
const pem = (name: string): string =>
  [`-----BEGIN ${name}-----`, word(64), word(64), `${word(40)}==`, `-----END ${name}-----`].join('\n')

const inPlaces = (secret: string, ...places: readonly ((secret: string) => string)[]): Sample[] =>
  places.map((place) => ({ text: place(secret), secret }))

/** Texts with a secret that must be found. */
export const secretSamples: readonly Sample[] = [
  ...tokens.flatMap((token) =>
    inPlaces(
      token,
      (it) => `const client = connect("${it}")`,
      (it) => `  - name: ${it}`,
    ),
  ),
  ...inPlaces(
    jwt(),
    (it) => `Authorization: Bearer ${it}`,
    (it) => `curl -H "X-Auth: ${it}" localhost`,
  ),
  ...['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'].map(
    (name) => ({
      text: `key: |\n${pem(name)}\n`,
      secret: pem(name).slice(0, 0) || name,
    }),
  ),
  { text: pem('PGP PRIVATE KEY BLOCK'), secret: 'PGP PRIVATE KEY BLOCK' },
  { text: `-----BEGIN RSA PRIVATE KEY-----\n${word(64)}\n${word(64)}`, secret: 'RSA PRIVATE KEY' },
  { text: `AGE-SECRET-KEY-1${pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 58)}`, secret: 'AGE-SECRET-KEY' },
  ...inPlaces(
    `Tr0ub4dor${word(4)}`,
    (it) => `postgres://app:${it}@db.internal:5432/shop`,
    (it) => `git clone https://ci:${it}@git.example.org/team/app.git`,
    (it) => `redis://:${it}@cache:6379/0`,
    (it) => `amqp://worker:${it}@mq/prod`,
    (it) => `password = "${it}"`,
    (it) => `PASSWORD=${it}`,
    (it) => `DB_PASSWORD: ${it}`,
    (it) => `"password": "${it}",`,
    (it) => `  smtp_password: '${it}'`,
    (it) => `const dbPassword = '${it}'`,
    (it) => `export API_KEY=${it}`,
    (it) => `apiKey: "${it}",`,
    (it) => `client_secret = "${it}"`,
    (it) => `set_config(token="${it}")`,
    (it) => `$password := "${it}"`,
    (it) => `'secret' => '${it}',`,
    (it) => `mysql --password=${it} -u root`,
    (it) => `spring.datasource.password=${it}`,
    (it) => `<add key="AppSecret" value="ok" /> secret="${it}"`,
    (it) => `ENV ACCESS_TOKEN ${it.replace(/^/, '= ')}`,
  ),
  ...inPlaces(
    hex(40),
    (it) => `token: ${it}`,
    (it) => `SECRET_KEY_BASE=${it}`,
    (it) => `api_key = '${it}'`,
  ),
  ...inPlaces(`correct-horse-battery-9`, (it) => `passphrase: "${it}"`),
]

/** Texts that look a little like one and hold none. */
export const harmlessSamples: readonly Sample[] = [
  'const password = readPassword()',
  'password: string',
  'interface Login { password: string; token?: SecretToken }',
  'if (token === undefined) return',
  'this.password = options.password',
  'const { token } = await session.create()',
  'token = request.headers.authorization',
  'PASSWORD=${DB_PASSWORD}',
  'password: ${{ secrets.DB_PASSWORD }}',
  'api_key: process.env.API_KEY',
  'api_key = os.environ["API_KEY"]',
  'password = "changeme"',
  'password: "********"',
  'password: "xxxxxxxx"',
  'token: "<your-token-here>"',
  'api_key: YOUR_API_KEY',
  'tokenType: "Bearer"',
  'token_endpoint = "https://login.example.org/oauth/v2.0/token"',
  'passwordMinLength: 12',
  'password_reset_path = "/account/reset-password2"',
  'label: "Password"',
  '"password": "Enter your password",',
  'secretName: my-app-tls-2',
  'tokenizer = Tokenizer.fromFile("vocab-32k.json")',
  'max_tokens: 4096',
  'maxTokens = 128000',
  'csrfTokenHeader: "X-CSRF-Token-V2"',
  'const tokens = text.split(/[ ,]/)',
  'for (const token of tokens) count[token] = (count[token] ?? 0) + 1',
  'assert.equal(parse("token").kind, "identifier")',
  'https://user:password@example.com/',
  'https://example.com:8080/@scope/package',
  'ssh://git@github.com/team/app.git',
  'git@github.com:team/app.git',
  'mailto:ada@example.org',
  'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  '"integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",',
  'id: 123e4567-e89b-12d3-a456-426614174000',
  '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----\nMIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0\n-----END CERTIFICATE-----',
  'color: #a1b2c3; background: url(data:image/png;base64,iVBORw0KGgo)',
  'Please do not send the password by mail.',
  'The secret: nobody reads it.',
  'token: Token::Identifier,',
  'password_hash: str',
  'fn token(&self) -> Token',
  'public string Password { get; set; }',
  'SELECT password FROM users WHERE id = $1',
  'auth_key_path = "/etc/app/keys/auth1.pub"',
  'secret: secretRef("db-password-2")',
].map((text) => ({ text }))
