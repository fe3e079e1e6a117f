import path from 'node:path'

/** A guard that holds the layers apart. */
export type Guard = 'compiler' | 'linter' | 'bundler'

/** A file that breaks a boundary, and the guards that must refuse it. */
export interface BoundaryBreak {
  readonly title: string
  readonly file: string
  readonly content: string
  /** A sound file of another layer that it needs, its own: the compiler reports each file it should not reach once. */
  readonly target?: string
  readonly guards: readonly Guard[]
}

const all: readonly Guard[] = ['compiler', 'linter', 'bundler']
const compilerAndLinter: readonly Guard[] = ['compiler', 'linter']

let count = 0

/** `content` may name the module it breaks the boundary to as `%`. */
function breaks(layer: string, title: string, content: string, guards: readonly Guard[], to = ''): BoundaryBreak {
  count++
  const target = to.startsWith('../') ? `${to}/target${count}.ts` : undefined
  return {
    title: `${layer} ${title}`,
    file: `src/${layer}/break${count}.ts`,
    content: `${content.replace('%', target ?? to)}\n`,
    ...(target === undefined ? {} : { target: path.posix.join('src', layer, target) }),
    guards,
  }
}

function imports(layer: string, module: string, guards: readonly Guard[]): BoundaryBreak {
  return breaks(layer, `imports ${module}`, `import * as it from '%'\nexport const used = [it]`, guards, module)
}

function uses(layer: string, expression: string, guards: readonly Guard[]): BoundaryBreak {
  return breaks(layer, `uses ${expression}`, `export const used: unknown = ${expression}`, guards)
}

/** Every kind of break, layer by layer. The bundler guards the core alone. */
export const boundaryBreaks: readonly BoundaryBreak[] = [
  ...['vscode', 'hyperdht', 'node:fs', 'fs', 'node:crypto', '../node', '../webview'].map((name) =>
    imports('core', name, all),
  ),
  imports('core', '../host', all),
  imports('core', '../headless', all),
  // Pure packages would bundle and compile anywhere: that they are not the core's is for these two to say.
  imports('core', 'lit', ['linter', 'bundler']),
  imports('core', '@scure/base', ['linter', 'bundler']),
  breaks('core', 'exports from ../node', `export { size } from '%'`, all, '../node'),
  breaks('core', 'exports all of node:fs', `export * from 'node:fs'`, all),
  breaks('core', 'imports for the effect alone', `import '%'`, all, '../node'),
  breaks('core', 'imports node:fs when it runs', `export const used = import('node:fs')`, all),
  breaks('core', 'imports a name made when it runs', `export const used = (name: string) => import(name)`, ['linter']),
  breaks(
    'core',
    'imports a type of vscode',
    `import type { Uri } from 'vscode'\nexport type Used = Uri`,
    compilerAndLinter,
  ),
  breaks('core', 'names a type of node:fs', `export type Used = typeof import('node:fs')`, compilerAndLinter),
  ...['Date.now()', 'new Date()', 'Math.random()', 'globalThis'].map((name) => uses('core', name, ['linter'])),
  breaks('core', 'takes random from Math', `export const { random } = Math`, ['linter']),
  ...['setTimeout(() => 0, 1)', 'setInterval(() => 0, 1)', 'setImmediate(() => 0)', 'queueMicrotask(() => 0)'].map(
    (name) => uses('core', name, compilerAndLinter),
  ),
  ...['process.env', `Buffer.from('')`, `console.log('')`, 'performance.now()', 'crypto.subtle'].map((name) =>
    uses('core', name, compilerAndLinter),
  ),
  ...[`fetch('')`, 'document.body', 'window.name', 'navigator.onLine', 'localStorage.length', `new WebSocket('')`].map(
    (name) => uses('core', name, compilerAndLinter),
  ),

  ...['vscode', 'node:fs', '../core'].map((name) => imports('shared', name, compilerAndLinter)),
  imports('shared', 'sodium-universal', compilerAndLinter),
  imports('shared', 'markdown-it', ['linter']),
  uses('shared', 'Date.now()', ['linter']),
  uses('shared', 'process.env', compilerAndLinter),

  ...['vscode', '../host', '../headless', '../webview'].map((name) => imports('node', name, compilerAndLinter)),
  imports('node', 'lit', ['linter']),
  breaks('node', 'reaches into test', `export * from '%'`, compilerAndLinter, '../../test'),

  ...['vscode', 'hyperdht', '../host', '../webview'].map((name) => imports('headless', name, compilerAndLinter)),

  ...['hyperdht', '../headless', '../webview'].map((name) => imports('host', name, compilerAndLinter)),
  uses('host', 'document.body', ['compiler']),

  ...['vscode', 'node:fs', 'hyperdht', 'sodium-universal', '../core', '../node'].map((name) =>
    imports('webview', name, compilerAndLinter),
  ),
  imports('webview', '../host', compilerAndLinter),
  imports('webview', 'vscode-jsonrpc', ['linter']),
  uses('webview', 'process.env', ['compiler']),
  breaks(
    'webview',
    'turns text into markup',
    `export function show(text: string): void {\n  document.body.innerHTML = text\n}`,
    ['linter'],
  ),
]
