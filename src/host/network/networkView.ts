import * as vscode from 'vscode'
import type { NetworkStatus } from '../../shared/service.ts'
import type { Boundary } from '../boundary.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { isLanOnly } from '../settings.ts'
import { formatTime } from '../text/formatTime.ts'
import { networkReport, offeredRelayRow } from './networkReport.ts'

type Row = vscode.QuickPickItem & { readonly key: string }

/** Shows who is connected and why others are not, kept up to date while it is open. */
export async function showNetwork(model: ChatModel, boundary: Boundary): Promise<void> {
  const first = await model.request('network/status', {})
  const retry: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: vscode.l10n.t('Try Again Now'),
  }
  const picker = vscode.window.createQuickPick<Row>()
  picker.title = vscode.l10n.t('Tincan: Network Status')
  picker.placeholder = vscode.l10n.t('Who is connected, how, and why not')
  picker.matchOnDescription = true
  picker.matchOnDetail = true
  picker.keepScrollPosition = true
  picker.buttons = [retry]

  const show = (status: NetworkStatus): void => {
    const key = picker.activeItems[0]?.key
    picker.items = rows(status)
    const active = picker.items.filter((item) => item.key === key)
    if (active.length > 0) picker.activeItems = active
  }
  const tryAgain = (): void => {
    void boundary.run('network/retry', async () => {
      picker.busy = true
      try {
        await model.request('network/retry', {})
        show(await model.request('network/status', {}))
      } finally {
        picker.busy = false
      }
    })
  }
  const copyRelayKey = (): void => {
    void boundary.run('copy the key of the relay', async () => {
      const { relay } = await model.request('network/status', {})
      if (relay?.offers === undefined) return
      await vscode.env.clipboard.writeText(relay.offers.key)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The key of your relay was copied. Whoever has it can use this relay.'),
      )
    })
  }
  const held = vscode.Disposable.from(
    picker,
    model.on('network/changed', show),
    picker.onDidTriggerButton(tryAgain),
    picker.onDidAccept(() => {
      const key = picker.activeItems[0]?.key
      if (key === 'retry') tryAgain()
      if (key === offeredRelayRow) copyRelayKey()
    }),
  )
  picker.onDidHide(() => {
    held.dispose()
  })
  show(first)
  picker.show()
}

function rows(status: NetworkStatus): readonly Row[] {
  const now = Date.now()
  const report = networkReport(status, {
    isLanOnly: isLanOnly(),
    l10n: vscode.l10n,
    now,
    formatTime: (at) => formatTime(at, vscode.env.language, now),
  })
  return [
    ...report.map(({ key, icon, label, description, detail }) => ({
      key,
      label: `$(${icon}) ${label}`,
      description,
      detail,
      alwaysShow: key === 'own',
    })),
    { key: 'retry', label: `$(refresh) ${vscode.l10n.t('Try Again Now')}`, alwaysShow: true },
  ]
}
