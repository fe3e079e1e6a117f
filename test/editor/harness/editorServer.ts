import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { installCodeServer } from './codeServer.ts'
import { keptPort } from './keptPort.ts'
import { type OwnedProcess, runCommand, startProcess } from './ownedProcess.ts'
import { probe } from './probe.ts'

/** What one person's editor consists of. */
export interface EditorServerInit {
  /** Holds everything of this editor: data, settings, extensions. Made when missing. */
  readonly folder: string
  /** `127.0.0.1` or `localhost`: the host name in the URL. */
  readonly host?: string
  /** User settings, on top of the quiet defaults. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Lets `payload` start extension-host tests. The editor then shows no messages at the lower right. */
  readonly forExtensionTests?: boolean
}

/** A real VS Code server of one person. */
export interface EditorServer {
  readonly host: string
  readonly port: number
  /** Where extensions are installed. */
  readonly extensionsFolder: string
  /** Where the extension's global storage lies. */
  readonly globalStorage: string
  /** The page that opens a folder. `payload` is VS Code's own list of launch parameters. */
  url(folder: string, payload?: readonly (readonly [string, string])[]): string
  /** Installs a packaged extension. The server need not run. */
  install(vsix: string): Promise<void>
  /** Starts the server, and resolves when it answers. */
  start(): Promise<void>
  /** Replaces the user settings on disk. */
  /** Replaces what the user changed in Keyboard Shortcuts; a window takes it up as it loads. */
  writeKeys(keys: readonly { readonly command: string; readonly key: string; readonly when: string }[]): Promise<void>
  writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>
  /** Ends the server and its extension hosts in order. */
  stop(): Promise<void>
  /** Ends them at once, as a crash would. */
  crash(): Promise<void>
  readonly output: () => string
}

/** Settings that keep everything quiet that is not under test. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

/** Seconds that an extension host outlives a page that went away without a word. */
const reconnectionGraceSeconds = 10

/** Prepares an editor of one person; nothing runs before `start`. */
export async function createEditorServer(init: EditorServerInit): Promise<EditorServer> {
  const main = await installCodeServer()
  const host = init.host ?? '127.0.0.1'
  const data = path.join(init.folder, 'data')
  const extensionsFolder = path.join(init.folder, 'extensions')
  const userFolder = path.join(data, 'User')
  const folders = [
    `--config=${path.join(init.folder, 'code-server.yaml')}`,
    `--user-data-dir=${data}`,
    `--extensions-dir=${extensionsFolder}`,
  ]
  const env = cleanEnvironment(path.join(init.folder, 'home'))
  for (const folder of [extensionsFolder, userFolder, path.join(init.folder, 'home')]) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  }
  const port = await keptPort(init.folder)
  let running: OwnedProcess | undefined

  const writeSettings = async (settings: Readonly<Record<string, unknown>>): Promise<void> => {
    const all = { ...quietSettings, ...init.settings, ...settings }
    await writeFile(path.join(userFolder, 'settings.json'), `${JSON.stringify(all, undefined, 2)}\n`)
  }
  await writeSettings({})

  return {
    host,
    port,
    extensionsFolder,
    globalStorage: path.join(userFolder, 'globalStorage'),
    writeSettings,
    writeKeys: (keys) => writeFile(path.join(userFolder, 'keybindings.json'), JSON.stringify(keys)),
    output: () => running?.output() ?? '',
    url(folder, payload) {
      const query = [`folder=${encodeURI(uriPath(folder))}`]
      if (payload !== undefined) query.push(`payload=${encodeURIComponent(JSON.stringify(payload))}`)
      return `http://${host}:${port}/?${query.join('&')}`
    },
    async install(vsix) {
      const args = [main, ...folders, `--install-extension=${vsix}`, '--force']
      const said = await runCommand({ command: process.execPath, args, env })
      if (!said.includes('successfully installed')) throw new Error(`The extension was not installed:\n${said}`)
    },
    async start() {
      const args = [
        main,
        ...folders,
        `--bind-addr=127.0.0.1:${port}`,
        '--auth=none',
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-getting-started-override',
        `--reconnection-grace-time=${reconnectionGraceSeconds}`,
        ...(init.forExtensionTests === true ? ['--vscode-option=enable-smoke-test-driver'] : []),
      ]
      const started = startProcess({ command: process.execPath, args, env })
      running = started
      const ended = started.exited.then(() => {
        throw new Error(`The editor server ended at once:\n${started.output()}`)
      })
      const answering = probe('the editor server to answer', 30_000, async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
        return answer.ok ? true : undefined
      })
      await Promise.race([answering, ended])
    },
    async stop() {
      await running?.end()
      running = undefined
    },
    async crash() {
      await running?.kill()
      running = undefined
    },
  }
}

/**
 * Ours, without what an editor that may run us says about itself, and without the test runner's own; what the editor
 * keeps outside its data folder goes to `home`.
 */
function cleanEnvironment(home: string): NodeJS.ProcessEnv {
  const misleading = /^(VSCODE_|NODE_OPTIONS$|NODE_TEST_CONTEXT$|ELECTRON_|npm_)/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !misleading.test(name)))
  for (const name of ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME']) env[name] = home
  // Sockets lie here, and the system bounds the length of their paths.
  if (process.platform === 'linux' && home.length < 60) env['XDG_RUNTIME_DIR'] = home
  return env
}

/** A file's path as it stands in a URI: with forward slashes, the first of them before a drive letter too. */
export function uriPath(file: string): string {
  const slashed = file.replaceAll('\\', '/')
  return slashed.startsWith('/') ? slashed : `/${slashed}`
}
