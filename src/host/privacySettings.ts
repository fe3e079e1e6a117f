import * as vscode from 'vscode'
import type { Disposable } from '../shared/disposable.ts'
import type { Privacy } from '../shared/signals.ts'
import type { Boundary } from './boundary.ts'
import type { ChatModel } from './life/chatModel.ts'

const section = 'tincan.privacy'

/** Hands what the user chose to tell others of themselves to the chat: as it starts, and whenever it changes. */
export function registerPrivacySettings(boundary: Boundary, model: ChatModel): Disposable {
  let handed: string | undefined
  const hand = (): void => {
    const { phase, identity } = model.snapshot
    if (phase !== 'running' || identity?.kind !== 'ready') {
      handed = undefined
      return
    }
    const privacy = readPrivacy()
    const key = JSON.stringify(privacy)
    if (key === handed) return
    handed = key
    void boundary.run('the privacy settings', async () => {
      await model.request('privacy/set', privacy)
    })
  }
  return vscode.Disposable.from(
    model.onDidChange(hand),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(section)) hand()
    }),
  )
}

function readPrivacy(): Privacy {
  const settings = vscode.workspace.getConfiguration(section)
  const isOn = (name: keyof Privacy): boolean => settings.get<unknown>(name) !== false
  return { readReceipts: isOn('readReceipts'), typing: isOn('typing'), lastSeen: isOn('lastSeen') }
}
