import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import { parseMessageFragment } from '../../shared/messageLink.ts'
import type { Boundary } from '../boundary.ts'
import type { JoinFlow } from '../invites/joinFlow.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { addressOf } from '../messages/messageAddress.ts'
import type { GoTo } from '../view/goTo.ts'
import { showLinkedMessage } from './linkedMessage.ts'

/**
 * What links of the system lead to, in the window that the editor takes for it: `/join#…` opens our own confirmation,
 * `/message#…` shows a message where this user has it. Nothing else, and neither sends or changes anything.
 */
export function registerUriHandler(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly join: JoinFlow
  readonly goTo: GoTo
}): vscode.Disposable {
  const { boundary, model, join, goTo } = init
  const showMessage = async (fragment: string): Promise<void> => {
    const address = parseMessageFragment(fragment)
    if (address === undefined)
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This is not a complete link to a message. Copy all of it.'),
      )
    else await showLinkedMessage(model, goTo, address)
  }
  const command = boundary.command('tincan.openMessage', async (argument) => {
    const address = addressOf(argument)
    if (address !== undefined) await showLinkedMessage(model, goTo, address)
  })
  const handler = vscode.window.registerUriHandler({
    handleUri: (uri) =>
      boundary.run('a link of the system', async () => {
        if (uri.path === '/message') return showMessage(uri.fragment)
        if (uri.path !== '/join' || uri.fragment === '') throw chatError('link-garbled')
        await join.confirm(`vscode://tincan.tincan/join#${uri.fragment}`)
      }),
  })
  return vscode.Disposable.from(command, handler)
}
