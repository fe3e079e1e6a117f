import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const root = path.dirname(fileURLToPath(import.meta.url))

/** What each layer may import; see ARCHITECTURE.md. */
const layers = /** @type {Record<string, { layers: string[], packages: string[] }>} */ (
  JSON.parse(readFileSync(path.join(root, 'src/layers.json'), 'utf8'))
)

/**
 * The layer of a source file, if it is in one.
 * @param {string} file absolute
 */
function layerOf(file) {
  const [source, layer, ...rest] = path.relative(root, file).split(path.sep)
  return source === 'src' && layer !== undefined && rest.length > 0 ? layer : undefined
}

/**
 * Why `specifier` must not be imported by `file`, or `undefined` if it may be.
 * @param {string} file absolute
 * @param {string} specifier
 */
function importProblem(file, specifier) {
  const layer = layerOf(file)
  const allowed = layer === undefined ? undefined : layers[layer]
  if (layer === undefined || allowed === undefined) return undefined
  if (specifier.startsWith('.')) {
    const target = layerOf(path.resolve(path.dirname(file), specifier))
    if (target === layer || (target !== undefined && allowed.layers.includes(target))) return undefined
    return `src/${layer} must not import ${target === undefined ? 'from outside src' : `src/${target}`}`
  }
  const isAllowed = allowed.packages.some((name) =>
    name.endsWith('*')
      ? specifier.startsWith(name.slice(0, -1))
      : specifier === name || specifier.startsWith(`${name}/`),
  )
  return isAllowed ? undefined : `src/${layer} must not import '${specifier}'`
}

/** @type {import('eslint').Rule.RuleModule} */
const layerImports = {
  meta: { type: 'problem', schema: [], messages: { problem: '{{problem}} (see src/layers.json).' } },
  create(context) {
    /** @param {import('estree').Node | null | undefined} source */
    function check(source) {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      const problem = importProblem(context.filename, source.value)
      if (problem !== undefined) context.report({ node: source, messageId: 'problem', data: { problem } })
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression(node) {
        check(node.source)
        if (node.source.type !== 'Literal')
          context.report({ node, messageId: 'problem', data: { problem: 'An import names its module literally' } })
      },
      TSImportType: (/** @type {{ source: import('estree').Node }} */ node) => check(node.source),
    }
  },
}

/** What a platform-independent layer would reach the machine with: time, chance, the process, the network, the page. */
const platformGlobals = [
  ...['Date', 'Intl', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'clearTimeout', 'clearInterval'],
  ...['clearImmediate', 'requestAnimationFrame', 'requestIdleCallback', 'performance', 'crypto', 'process', 'Buffer'],
  ...['console', 'require', 'module', 'fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource', 'AbortSignal', 'Worker'],
  ...['window', 'document', 'navigator', 'location', 'self', 'globalThis', 'localStorage', 'indexedDB', 'Atomics'],
]

/** @type {import('eslint').Linter.RulesRecord} */
const noPlatform = {
  'no-restricted-globals': [
    'error',
    ...platformGlobals.map((name) => ({ name, message: 'This layer gets everything of the platform through a port.' })),
  ],
  'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Use the Random port.' }],
}

const syntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
  { selector: '[accessibility=/private|public/]', message: 'Use #private members; public is what is not private.' },
]

export default defineConfig(
  globalIgnores(['dist/', 'artifacts/', 'media/', 'node_modules/', '.vscode-test/']),
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, minimumDescriptionLength: 0 }],
      // A tagged union reads best with its cases in one place, a map of messages needs an index signature.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite', 'before', 'after'] },
            { from: 'package', package: 'node:test', name: ['beforeEach', 'afterEach'] },
          ],
        },
      ],
      // Spreading a text into its code points is how it is cut without breaking a character in two.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-inferrable-types': ['error', { ignoreParameters: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      // `noUncheckedIndexedAccess` asks for an assertion where an index is known to be good: `as`, never `!`.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/prefer-readonly': 'error',
      // An `async` function without `await` is how a synchronous implementation of a port turns throws into rejections.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      'no-restricted-syntax': ['error', ...syntax],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { tincan: { rules: { layers: layerImports } } },
    rules: { 'tincan/layers': 'error', 'max-lines': ['error', 300] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['**/*.d.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...syntax,
        { selector: 'ExportDefaultDeclaration', message: 'Exports have names.' },
      ],
    },
  },
  { files: ['src/core/**/*.ts', 'src/shared/**/*.ts'], rules: noPlatform },
  {
    files: ['src/webview/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcdoc', 'setHTMLUnsafe'].map((property) => ({
          property,
          message: 'Received text never becomes markup: render a Lit template.',
        })),
      ],
    },
  },
  { files: ['test/**', '*.mjs'], rules: { 'no-console': 'off' } },
  {
    // The linter sees no cast in a JSDoc comment; the compiler checks these files as well.
    files: ['**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
)
