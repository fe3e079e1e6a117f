import path from 'node:path'
import * as esbuild from 'esbuild'
import { chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { repository } from './codeServer.ts'
import { type EditorServer, uriPath } from './editorServer.ts'

const entry = path.join(repository, 'test', 'editor', 'extensionHost', 'index.ts')

/** Bundles the extension-host tests the way an editor loads them: one CommonJS file. Returns its path. */
export async function bundleExtensionHostTests(folder: string): Promise<string> {
  const outfile = path.join(folder, 'extensionHostTests.cjs')
  await esbuild.build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'silent',
  })
  return outfile
}

export interface ExtensionHostRun {
  /** 0 when every test passed. */
  readonly code: number
  /** What the tests said. */
  readonly log: readonly string[]
}

/** Runs them in a real extension host of `server`, with the extension that lies in `extensionFolder`. */
export async function runInExtensionHost(init: {
  readonly server: EditorServer
  readonly workspace: string
  readonly extensionFolder: string
  readonly tests: string
  readonly profile: string
  readonly timeoutMs: number
}): Promise<ExtensionHostRun> {
  const { server } = init
  const remote = (file: string): string => `vscode-remote://${server.host}:${server.port}${uriPath(file)}`
  const context = await chromium.launchPersistentContext(init.profile, {
    executablePath: findChromium(),
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost'],
  })
  try {
    const log: string[] = []
    const ended = Promise.withResolvers<number>()
    // The web build of VS Code reports to these two, as the editor's own test runner for the web uses them.
    await context.exposeFunction('codeAutomationLog', (_level: string, args: readonly unknown[]) => {
      log.push(args.map((arg) => String(arg)).join(' '))
    })
    await context.exposeFunction('codeAutomationExit', (code: number) => {
      ended.resolve(code)
    })
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(
      server.url(init.workspace, [
        ['extensionDevelopmentPath', remote(init.extensionFolder)],
        ['extensionTestsPath', remote(init.tests)],
      ]),
    )
    const timeout = setTimeout(() => {
      ended.reject(new Error(`The extension-host tests did not end in ${init.timeoutMs} ms:\n${log.join('\n')}`))
    }, init.timeoutMs)
    try {
      return { code: await ended.promise, log }
    } finally {
      clearTimeout(timeout)
    }
  } finally {
    await context.close()
  }
}
