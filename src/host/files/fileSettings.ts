import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { Boundary } from '../boundary.ts'
import type { ChatModel } from '../life/chatModel.ts'

const setting = 'tincan.files.automaticDownload'
const bytesPerMegabyte = 1024 * 1024
const mostMegabytes = 1024

/** Hands the size up to which files come by themselves to the chat: as it starts, and whenever it changes. */
export function registerFileSettings(boundary: Boundary, model: ChatModel): Disposable {
  let handed: number | undefined
  const hand = (): void => {
    const { phase, identity } = model.snapshot
    if (phase !== 'running' || identity?.kind !== 'ready') {
      handed = undefined
      return
    }
    const bytes = readAutomaticBytes()
    if (bytes === handed) return
    handed = bytes
    void boundary.run('the setting of files', async () => {
      await model.request('file/automatic', { bytes })
    })
  }
  return vscode.Disposable.from(
    model.onDidChange(hand),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(setting)) hand()
    }),
  )
}

function readAutomaticBytes(): number {
  const megabytes = vscode.workspace.getConfiguration().get<unknown>(setting)
  if (typeof megabytes !== 'number' || !(megabytes >= 0)) return bytesPerMegabyte
  return Math.round(Math.min(megabytes, mostMegabytes) * bytesPerMegabyte)
}
