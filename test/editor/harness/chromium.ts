import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * The executable of a Chromium, Chrome or Edge on this machine. Throws with one sentence that says what to do when
 * there is none. `CHROMIUM_PATH` or `CHROME_PATH` name it directly.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  for (const name of ['CHROMIUM_PATH', 'CHROME_PATH']) {
    const named = env[name]
    if (named === undefined || named === '') continue
    if (existsSync(named)) return named
    throw new Error(`${name} points to ${named}, and there is no such file.`)
  }
  const found = candidates(env, platform).find((file) => existsSync(file))
  if (found !== undefined) return found
  throw new Error(
    'No browser for the editor tests: install Chromium, Chrome or Edge (on Debian: apt-get install chromium), ' +
      'or set CHROMIUM_PATH to its executable.',
  )
}

function candidates(env: NodeJS.ProcessEnv, platform: string): readonly string[] {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    const folders = ['/Applications', path.join(env['HOME'] ?? '/', 'Applications')]
    return folders.flatMap((folder) => apps.map((app) => path.join(folder, `${app}.app`, 'Contents', 'MacOS', app)))
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']].filter(
      (one) => one !== undefined,
    )
    const programs = [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ]
    return folders.flatMap((folder) => programs.map((program) => path.win32.join(folder, ...program)))
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
  const folders = [
    ...(env['PATH'] ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/google/chrome',
    '/snap/bin',
  ]
  return names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => path.join(folder, name)))
}
