import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { InviteId } from '../../shared/ids.ts'
import type { OwnInvite } from '../../shared/service.ts'
import type { Boundary } from '../boundary.ts'
import { createCardPanel } from '../card/cardPanel.ts'
import type { CardPanel } from '../card/cardPanel.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { formatDatedTime } from '../text/formatDatedTime.ts'
import { safeName } from '../text/safeName.ts'
import type { ShownInvite } from './inviteCard.ts'
import { invitationMessage, inviteCard } from './inviteCard.ts'
import { copyInviteLink } from './inviteFlow.ts'

/** Invites as codes to be scanned and as messages to be sent. Both reject for one that nobody can use any more. */
export interface InviteScreens extends Disposable {
  /** Opens the tab of an invite. */
  open(invite: InviteId): Promise<void>
  /** Copies the message for an invite. */
  copyMessage(invite: InviteId): Promise<void>
}

export function createInviteScreens(init: {
  readonly extensionUri: vscode.Uri
  readonly boundary: Boundary
  readonly model: ChatModel
}): InviteScreens {
  const { model } = init
  const panels = new Map<InviteId, CardPanel>()

  const find = async (id: InviteId): Promise<ShownInvite> => {
    const { link } = await model.request('invite/link', { invite: id })
    const own = (await model.request('invite/list', {})).own.find(({ invite }) => invite === id)
    if (own === undefined) throw chatError('unknown-invite')
    const until = formatDatedTime(own.expiresAt, vscode.env.language, 'short')
    return { link, until, room: roomTitle(model, own) }
  }
  const closeAll = (): void => {
    for (const panel of panels.values()) panel.dispose()
  }
  // An invite that was used or taken back is not shown to anybody any more, and none after everything was deleted.
  const held = vscode.Disposable.from(
    model.on('invite/changed', ({ own }) => {
      if (own !== undefined && own.state !== 'live') panels.get(own.invite)?.dispose()
    }),
    model.onDidChange(({ identity }) => {
      if (identity?.kind === 'none') closeAll()
    }),
  )
  return {
    async open(id) {
      const present = panels.get(id)
      if (present !== undefined) {
        present.reveal()
        return
      }
      const invite = await find(id)
      // Asked for twice, it opens once.
      if (panels.has(id)) return
      const card = inviteCard(invite, vscode.l10n)
      const panel = createCardPanel({
        ...init,
        title: card.title,
        act: (action) => (action === 'copyLink' ? copyInviteLink(invite.link) : copyMessage(invite)),
        onDispose: () => panels.delete(id),
      })
      panels.set(id, panel)
      panel.show(card)
    },
    copyMessage: async (id) => copyMessage(await find(id)),
    dispose() {
      held.dispose()
      closeAll()
    },
  }
}

async function copyMessage(invite: ShownInvite): Promise<void> {
  await vscode.env.clipboard.writeText(invitationMessage(invite, vscode.l10n))
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The invitation is on your clipboard, as a message. Send it to one person, through a channel you trust.',
    ),
  )
}

function roomTitle(model: ChatModel, { room }: OwnInvite): string | undefined {
  if (room === undefined) return undefined
  const found = model.snapshot.conversations.find(({ id }) => id === room.conversation)
  return found === undefined ? vscode.l10n.t('a room') : safeName(found.title)
}
