import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as esbuild from 'esbuild'

const root = path.dirname(fileURLToPath(import.meta.url))

/** The platforms the extension is packaged for, as VS Code names them: Node's platform and architecture. */
export const targets = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64']

/** The parts of the product that can be built alone. */
export const parts = ['host', 'headless', 'webview']

/** This machine, as a target. */
export const thisTarget = `${process.platform}-${process.arch}`

/**
 * A build that cannot be, said in one sentence.
 * @param {string} text
 * @returns {import('esbuild').OnLoadResult}
 */
const failure = (text) => ({ errors: [{ text }] })

/**
 * Answers the loader of a native add-on with a plain `require` of the target's prebuilt binary, which is copied beside
 * the bundle. A binary that does not exist for the target fails the build.
 * @param {string} target
 * @returns {import('esbuild').Plugin}
 */
function nativeAddons(target) {
  return {
    name: 'native-addons',
    setup(build) {
      build.onLoad({ filter: /[\\/]node_modules[\\/][^\\/]+[\\/]binding\.js$/ }, ({ path: file }) => {
        const folder = path.dirname(file)
        const name = path.basename(folder)
        const binary = `prebuilds/${target}/${name}.node`
        if (!existsSync(path.join(folder, binary))) return failure(`${name} has no prebuilt binary for ${target}.`)
        return { contents: `module.exports = require('./${binary}')`, resolveDir: folder }
      })
      build.onResolve(
        { filter: /^(require-addon|node-gyp-build|bindings|prebuild-install)$/ },
        ({ path, importer }) => ({
          errors: [{ text: `${importer} loads a native add-on through ${path}, which the bundle cannot follow.` }],
        }),
      )
    },
  }
}

/**
 * Takes secretlint's profiler out: it would keep every performance mark of the whole process, other extensions' as
 * well, for as long as that runs.
 * @type {import('esbuild').Plugin}
 */
const withoutProfiler = {
  name: 'without-profiler',
  setup(build) {
    build.onLoad({ filter: /[\\/]@secretlint[\\/]profiler[\\/]module[\\/]node\.js$/ }, () => ({
      contents: 'export const secretLintProfiler = { mark() {} }',
    }))
  },
}

/**
 * Holds `src/core` to itself, `src/shared` and the packages that `src/layers.json` allows it.
 * @param {string} source the folder of the layers
 * @returns {import('esbuild').Plugin}
 */
function coreAlone(source) {
  /** @type {Record<string, { layers: string[], packages: string[] }>} */
  const layers = JSON.parse(readFileSync(path.join(source, 'layers.json'), 'utf8'))
  const folders = ['core', ...(layers['core']?.layers ?? [])].map((layer) => path.join(source, layer) + path.sep)
  const packages = layers['core']?.packages ?? []
  return {
    name: 'core-alone',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind }) => {
        if (kind === 'entry-point' || !importer.startsWith(source + path.sep)) return undefined
        const isAllowed = specifier.startsWith('.')
          ? folders.some((folder) => path.resolve(path.dirname(importer), specifier).startsWith(folder))
          : packages.some((name) => specifier === name || specifier.startsWith(`${name}/`))
        return isAllowed ? undefined : failure(`src/core must not import '${specifier}'.`)
      })
    },
  }
}

/**
 * `src/core` alone for a platform without Node. The bundle is thrown away: that it can be made is what counts.
 * @param {string} from the root of the source tree
 * @returns {import('esbuild').BuildOptions}
 */
function coreBundle(from) {
  return {
    absWorkingDir: from,
    entryPoints: ['src/core/chat.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    // `sodium-universal` takes `sodium-javascript` instead where there is no Node; it is not among our dependencies.
    external: ['sodium-native'],
    plugins: [coreAlone(path.join(from, 'src'))],
    logLevel: 'silent',
  }
}

/**
 * Throws if the core needs more than itself, `src/shared` and the packages it is allowed.
 * @param {string} [from] the root of the source tree, for the tests of this guard
 */
export async function checkCoreAlone(from = root) {
  await esbuild.build(coreBundle(from))
}

/**
 * What runs in Node: everything it imports is in it, and the native add-ons of the target are beside it.
 * @param {string} target
 * @satisfies {(target: string) => import('esbuild').BuildOptions}
 */
export const forNode = (target) => ({
  bundle: true,
  platform: /** @type {const} */ ('node'),
  target: 'node22',
  assetNames: '[name]',
  loader: { '.node': /** @type {const} */ ('copy') },
  plugins: [nativeAddons(target), withoutProfiler],
})

/**
 * The same as a module, in which packages that are none find their `require`.
 * @satisfies {import('esbuild').BuildOptions}
 */
export const asModule = {
  format: /** @type {const} */ ('esm'),
  outExtension: { '.js': '.mjs' },
  banner: {
    js: `import { createRequire as createBundleRequire } from 'node:module'\nconst require = createBundleRequire(import.meta.url)`,
  },
}

/**
 * @typedef {object} BuildOptions
 * @property {string} [target] one of `targets`; this machine without it
 * @property {readonly string[]} [only] some of `parts`; all without it
 * @property {boolean} [isProduction] small, and without source maps
 * @property {string} [outdir] absolute; `dist` without it
 */

/**
 * What esbuild is to do for each part.
 * @param {BuildOptions} options
 * @returns {Record<string, Omit<import('esbuild').BuildOptions, 'entryPoints'> & { entryPoints: Record<string, string> }>}
 */
function bundles({ target = thisTarget, isProduction = false, outdir = path.join(root, 'dist') }) {
  /** @satisfies {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: root,
    bundle: true,
    minify: isProduction,
    sourcemap: isProduction ? false : /** @type {const} */ ('linked'),
    legalComments: /** @type {const} */ ('none'),
    logLevel: /** @type {const} */ ('silent'),
  }
  /** @satisfies {import('esbuild').BuildOptions} */
  const node = { ...common, ...forNode(target), outdir }
  return {
    host: {
      ...node,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      entryPoints: { extension: 'src/host/extension.ts', highlightWorker: 'src/host/highlight/worker.ts' },
      external: ['vscode'],
    },
    headless: {
      ...node,
      ...asModule,
      entryPoints: { headless: 'src/headless/main.ts' },
    },
    webview: {
      ...common,
      platform: 'browser',
      target: 'es2023',
      format: 'iife',
      outdir: path.join(outdir, 'webview'),
      entryPoints: { main: 'src/webview/main.ts', card: 'src/webview/card/main.ts' },
    },
  }
}

/**
 * The icon font, which the webview's page links to.
 * @param {string} outdir
 */
async function copyIcons(outdir) {
  const folder = path.join(outdir, 'webview')
  await mkdir(folder, { recursive: true })
  for (const name of ['codicon.css', 'codicon.ttf'])
    await copyFile(path.join(root, 'node_modules/@vscode/codicons/dist', name), path.join(folder, name))
}

/**
 * The bundles of the wanted parts, all of whose entry points exist.
 * @param {BuildOptions} options
 */
function wantedBundles(options) {
  if (options.target !== undefined && !targets.includes(options.target))
    throw new Error(`'${options.target}' is not a platform Tincan is built for: ${targets.join(', ')}.`)
  const all = bundles(options)
  return (options.only ?? parts).map((part) => {
    const bundle = all[part]
    if (bundle === undefined) throw new Error(`'${part}' is not a part of Tincan: ${parts.join(', ')}.`)
    for (const entry of Object.values(bundle.entryPoints))
      if (!existsSync(path.join(root, entry))) throw new Error(`${entry} does not exist, so '${part}' cannot be built.`)
    return { part, bundle }
  })
}

/**
 * Builds the wanted parts into `outdir`, and returns the files that are in them, relative to the root. Throws an error
 * for `describe`.
 * @param {BuildOptions} [options]
 */
export async function build(options = {}) {
  const wanted = wantedBundles(options)
  await checkCoreAlone()
  const results = await Promise.all(wanted.map(({ bundle }) => esbuild.build({ ...bundle, metafile: true })))
  if (wanted.some(({ part }) => part === 'webview')) await copyIcons(options.outdir ?? path.join(root, 'dist'))
  return [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))]
}

/**
 * Builds again after every change, until the process is ended.
 * @param {BuildOptions} options
 */
async function watch(options) {
  const wanted = wantedBundles(options)
  await copyIcons(options.outdir ?? path.join(root, 'dist'))
  for (const bundle of [coreBundle(root), ...wanted.map((each) => each.bundle)]) {
    // The words VS Code's task in `.vscode/tasks.json` waits for.
    const report = {
      name: 'report',
      /** @param {import('esbuild').PluginBuild} build */
      setup(build) {
        build.onStart(() => console.log('[watch] build started'))
        build.onEnd(({ errors }) => {
          for (const { text, location } of errors)
            console.log(
              `✘ [ERROR] ${text}\n    ${location?.file ?? ''}:${location?.line ?? 0}:${location?.column ?? 0}:`,
            )
          console.log('[watch] build finished')
        })
      },
    }
    const context = await esbuild.context({ ...bundle, plugins: [...(bundle.plugins ?? []), report] })
    await context.watch()
  }
}

/**
 * What went wrong with a build, for the terminal.
 * @param {unknown} error
 */
export async function describe(error) {
  const errors = error instanceof Error && 'errors' in error ? error.errors : undefined
  if (!Array.isArray(errors)) return error instanceof Error ? error.message : String(error)
  return (await esbuild.formatMessages(errors, { kind: 'error', color: process.stderr.isTTY })).join('').trimEnd()
}

async function main() {
  const { values } = parseArgs({
    options: {
      target: { type: 'string', default: thisTarget },
      only: { type: 'string' },
      outdir: { type: 'string', default: 'dist' },
      production: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    },
  })
  const options = {
    target: values.target,
    isProduction: values.production,
    outdir: path.resolve(root, values.outdir),
    ...(values.only === undefined ? {} : { only: values.only.split(',') }),
  }
  await (values.watch ? watch(options) : build(options))
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch(async (/** @type {unknown} */ error) => {
    console.error(await describe(error))
    process.exitCode = 1
  })
