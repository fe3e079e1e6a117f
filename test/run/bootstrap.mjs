/**
 * Runs a script of this repository with the Node that the repository pins, on any machine with Node 18 and npm:
 * `node test/run/bootstrap.mjs <script> [arguments]`. Installs the dependencies first where they are missing or old.
 * Plain JavaScript, because an older Node runs it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const modules = path.join(root, 'node_modules')
const wantedMajor = 24
const oldestMajor = 18

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * The packages a lock file names, or `undefined` if there is no such file.
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function lockedPackages(file) {
  if (!existsSync(file)) return undefined
  /** @type {{ packages?: Record<string, LockedPackage> }} */
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  return lock.packages
}

/** Whether everything that `package-lock.json` names is installed in that very version. */
function isInstalled() {
  const wanted = lockedPackages(path.join(root, 'package-lock.json'))
  const installed = lockedPackages(path.join(modules, '.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  return Object.entries(wanted).every(([name, { version, optional = false, devOptional = false }]) => {
    if (name === '') return true
    const found = installed[name]
    // What is optional may be for another platform.
    return found === undefined ? optional || devOptional : found.version === version
  })
}

/**
 * Runs npm; its own words go to the error stream, so that they never mix with a script's output.
 * @param {readonly string[]} args
 * @returns {boolean} whether it succeeded
 */
function npm(args) {
  const script = process.env['npm_execpath']
  const isNpm = script?.endsWith('npm-cli.js') === true
  const { status } = spawnSync(isNpm ? process.execPath : 'npm', [...(isNpm ? [script] : []), ...args], {
    cwd: root,
    stdio: ['ignore', process.stderr, process.stderr],
    // npm is a batch file on Windows.
    shell: !isNpm && process.platform === 'win32',
    env: { ...process.env, npm_config_ignore_scripts: 'false' },
  })
  return status === 0
}

function install() {
  console.error('Installing the dependencies…')
  // `npm ci` begins by deleting, so it is for a fresh clone only: on Windows nothing deletes the program that runs it.
  const command = existsSync(modules) ? ['install', '--no-save'] : ['ci']
  if (!npm([...command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']))
    throw new Error('The dependencies cannot be installed: npm said why, above.')
}

/**
 * The major version of a Node, or 0 if there is none that runs.
 * @param {string} file
 */
function majorOf(file) {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0)
}

/** The Node to run scripts with: the pinned one, or the one that runs this where npm was not allowed to fetch it. */
function findNode() {
  const pinned = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (majorOf(pinned) >= wantedMajor) return pinned
  if (majorOf(process.execPath) >= wantedMajor) return process.execPath
  if (npm(['rebuild', 'node', '--loglevel=error']) && majorOf(pinned) >= wantedMajor) return pinned
  throw new Error(
    `Node ${wantedMajor} is needed, and npm did not install it: allow the install script of the package 'node', ` +
      `or install Node ${wantedMajor} yourself.`,
  )
}

/**
 * Runs the script in the found Node, and ends as it ends.
 * @param {string} node
 * @param {readonly string[]} args
 */
function run(node, args) {
  const search = [path.dirname(node), path.join(modules, '.bin'), process.env['PATH'] ?? '']
  const child = spawn(node, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: search.join(path.delimiter) },
  })
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  // A terminal sends its signals to the child as well; the child decides when all is over.
  for (const signal of signals)
    process.on(signal, () => {
      if (!process.stdin.isTTY || signal !== 'SIGINT') child.kill(signal)
    })
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal]
    for (const each of signals) process.removeAllListeners(each)
  })
}

try {
  if (Number(process.versions.node.split('.')[0]) < oldestMajor)
    throw new Error(`Node ${oldestMajor} or newer is needed; this is Node ${process.versions.node}.`)
  const args = process.argv.slice(2)
  if (args.length === 0) throw new Error('Say which script to run: node test/run/bootstrap.mjs <script> [arguments].')
  if (!isInstalled()) install()
  run(findNode(), args)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
