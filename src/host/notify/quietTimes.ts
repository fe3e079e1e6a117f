import * as vscode from 'vscode'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { DisposableStore, Emitter } from '../../shared/disposable.ts'
import { isDiscreet, isQuietWhileDebugging } from '../settings.ts'
import { formatTime } from '../text/formatTime.ts'
import { forever } from './loudness.ts'
import { tomorrowMorning } from './tomorrowMorning.ts'

const key = 'tincan.doNotDisturbUntil'
const hourMs = 60 * 60 * 1000

/** When the user wants to hear of nothing: "do not disturb", while something is debugged, and while names are hidden. */
export interface QuietTimes extends Disposable {
  /** Until when nothing is to disturb, in ms since 1970; 0 where nothing was chosen, or it is over. */
  readonly doNotDisturbUntil: number
  /** Whether no notification is wanted now. */
  readonly isQuiet: boolean
  readonly onDidChange: Event<void>
  /** Asks until when nothing is to disturb, or ends that. */
  choose(): Promise<void>
}

/** `memory` keeps the choice for all windows of this person. */
export function createQuietTimes(memory: vscode.Memento): QuietTimes {
  const held = new DisposableStore()
  const changed = new Emitter<void>()
  const until = (): number => {
    const at = memory.get<unknown>(key)
    return typeof at === 'number' && at > Date.now() ? at : 0
  }
  const set = async (at: number | undefined): Promise<void> => {
    await memory.update(key, at)
    changed.fire()
  }
  held.add({ dispose: () => changed.dispose() })
  return {
    get doNotDisturbUntil() {
      return until()
    },
    get isQuiet() {
      const isDebugging = vscode.debug.activeDebugSession !== undefined && isQuietWhileDebugging()
      return until() > 0 || isDebugging || isDiscreet()
    },
    onDidChange: changed.event,
    async choose() {
      const now = Date.now()
      const morning = tomorrowMorning(now)
      const choices: { label: string; description?: string; at: number | undefined }[] = [
        { label: vscode.l10n.t('For 1 Hour'), at: now + hourMs },
        {
          label: vscode.l10n.t('Until Tomorrow'),
          description: formatTime(morning, vscode.env.language, now),
          at: morning,
        },
        { label: vscode.l10n.t('Until I Turn It Off'), at: forever },
      ]
      if (until() > 0) choices.unshift({ label: vscode.l10n.t('Turn Off Do Not Disturb'), at: undefined })
      const picked = await vscode.window.showQuickPick(choices, {
        title: vscode.l10n.t('Do Not Disturb'),
        placeHolder: vscode.l10n.t('Tincan tells you of nothing meanwhile; the badge counts on.'),
      })
      if (picked !== undefined) await set(picked.at)
    },
    dispose: () => held.dispose(),
  }
}
