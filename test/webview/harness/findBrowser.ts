import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** The browser the tests run in: `TINCAN_BROWSER`, or the first Chromium, Chrome or Edge in a usual place. */
export function findBrowser(): string {
  const { env } = process
  const candidates = [
    env['TINCAN_BROWSER'],
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'].flatMap(
      (name) => (env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, name)),
    ),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...[env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].flatMap((folder) =>
      folder === undefined
        ? []
        : [
            path.join(folder, 'Google/Chrome/Application/chrome.exe'),
            path.join(folder, 'Microsoft/Edge/Application/msedge.exe'),
          ],
    ),
  ]
  const found = candidates.find((candidate) => candidate !== undefined && candidate !== '' && existsSync(candidate))
  if (found === undefined) throw new Error('No Chromium, Chrome or Edge was found. Set TINCAN_BROWSER to one.')
  return found
}
