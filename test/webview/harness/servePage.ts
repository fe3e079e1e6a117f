import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { themeCss, themeNames, themes } from './themes.ts'

const root = path.resolve(import.meta.dirname, '../../..')

/** The page as the host would make it, on loopback. */
export interface PageServer {
  readonly origin: string
  close(): Promise<void>
}

/** Bundles the webview and serves it under the content security policy of the product. */
export async function servePage(): Promise<PageServer> {
  const [main, card, fakeHost, css, cardCss, icons, font] = await Promise.all([
    bundle('src/webview/main.ts'),
    bundle('src/webview/card/main.ts'),
    bundle('test/webview/harness/fakeHost.ts'),
    readFile(path.join(root, 'media/conversation.css')),
    readFile(path.join(root, 'media/card.css')),
    readFile(path.join(root, 'node_modules/@vscode/codicons/dist/codicon.css')),
    readFile(path.join(root, 'node_modules/@vscode/codicons/dist/codicon.ttf')),
  ])
  const files: Readonly<Record<string, readonly [string, string | Buffer]>> = {
    '/main.js': ['text/javascript', main],
    '/card.js': ['text/javascript', card],
    '/fakeHost.js': ['text/javascript', fakeHost],
    '/conversation.css': ['text/css', css],
    '/card.css': ['text/css', cardCss],
    '/codicon.css': ['text/css', icons],
    '/codicon.ttf': ['font/ttf', font],
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const theme = themeNames.find((name) => name === url.searchParams.get('theme')) ?? 'dark'
    const file = files[url.pathname]
    if (file !== undefined) response.setHeader('content-type', `${file[0]}; charset=utf-8`).end(file[1])
    else if (url.pathname === '/theme.css') response.setHeader('content-type', 'text/css').end(themeCss(theme))
    else if (url.pathname === '/') {
      const nonce = randomBytes(16).toString('base64')
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.setHeader('content-security-policy', policy(nonce))
      const script = url.searchParams.get('page') === 'card' ? 'card' : 'main'
      response.end(page(nonce, theme, themes[theme].bodyClass, url.searchParams.get('place') ?? 'view', script))
    } else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ')

const page = (
  nonce: string,
  theme: string,
  bodyClass: string,
  place: string,
  script: 'main' | 'card',
): string => `<!doctype html>
<html lang="en" data-place="${place}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Tincan</title>
    <link rel="stylesheet" href="/theme.css?theme=${theme}" />
    <link rel="stylesheet" href="/codicon.css" />
    <link rel="stylesheet" href="/conversation.css" />
    ${script === 'card' ? '<link rel="stylesheet" href="/card.css" />' : ''}
  </head>
  <body class="${bodyClass}" data-vscode-theme-id="${theme}">
    <script nonce="${nonce}" src="/fakeHost.js"></script>
    <script nonce="${nonce}" src="/${script}.js"></script>
  </body>
</html>`
