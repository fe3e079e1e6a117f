import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { repository } from '../editor/harness/codeServer.ts'
import { createDemoWorkspace } from '../editor/harness/demoWorkspace.ts'
import { type OwnedProcess, startProcess } from '../editor/harness/ownedProcess.ts'

/** A desktop editor of one person. */
export interface DesktopEditor {
  readonly name: string
  /** Settles when its window is closed. */
  readonly closed: Promise<number | null>
  end(): Promise<void>
}

/** Opens a desktop editor (`code` on the PATH) with data of its own and Tincan loaded from this repository. */
export async function openDesktopEditor(
  name: string,
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<DesktopEditor> {
  const data = path.join(folder, 'data')
  const workspace = path.join(folder, 'demo')
  await mkdir(path.join(data, 'User'), { recursive: true })
  await writeFile(path.join(data, 'User', 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`)
  await createDemoWorkspace(workspace, name)
  const editor: OwnedProcess = startProcess({
    command: 'code',
    args: [
      '--wait',
      '--new-window',
      `--user-data-dir=${data}`,
      `--extensions-dir=${path.join(folder, 'extensions')}`,
      `--extensionDevelopmentPath=${repository}`,
      '--disable-workspace-trust',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      workspace,
    ],
    shell: process.platform === 'win32',
  })
  return {
    name,
    closed: editor.exited,
    async end() {
      await endMainProcess(data)
      await editor.end()
    },
  }
}

/** The command only waits for the editor, which runs on its own: its process id lies beside its data. */
async function endMainProcess(data: string): Promise<void> {
  const text = await readFile(path.join(data, 'code.lock'), 'utf8').catch(() => '')
  const pid = Number.parseInt(text, 10)
  if (!Number.isSafeInteger(pid) || pid <= 1) return
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
}
