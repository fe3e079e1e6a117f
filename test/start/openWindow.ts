import path from 'node:path'
import { findChromium } from '../editor/harness/chromium.ts'
import { type OwnedProcess, startProcess } from '../editor/harness/ownedProcess.ts'

/** Whether windows can be shown at all. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
}

/** Opens a page in a browser window whose profile, and so whose secrets, are this person's alone. */
export function openBrowserWindow(url: string, folder: string): OwnedProcess {
  const isRoot = process.getuid?.() === 0
  return startProcess({
    command: findChromium(),
    args: [
      `--user-data-dir=${path.join(folder, 'browser')}`,
      '--no-first-run',
      '--no-default-browser-check',
      // Chromium's sandbox refuses to run for root.
      ...(isRoot ? ['--no-sandbox'] : []),
      '--new-window',
      url,
    ],
  })
}
