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

interface Screen {
  readonly panel: CardPanel
  readonly found: FoundInvite
}

interface FoundInvite {
  readonly own: OwnInvite
  readonly link: string
}

export function createInviteScreens(init: {
  readonly extensionUri: vscode.Uri
  readonly boundary: Boundary
  readonly model: ChatModel
  /** Names are hidden now: what stands for a title on this screen says nothing to anybody else. */
  readonly isVeiled: () => boolean
}): InviteScreens {
  const { model, isVeiled } = init
  const screens = new Map<InviteId, Screen>()

  const find = async (id: InviteId): Promise<FoundInvite> => {
    const { link } = await model.request('invite/link', { invite: id })
    const own = (await model.request('invite/list', {})).own.find(({ invite }) => invite === id)
    if (own === undefined) throw chatError('unknown-invite')
    return { own, link }
  }
  const shown = ({ own: { expiresAt, room }, link }: FoundInvite): ShownInvite => {
    const until = formatDatedTime(expiresAt, vscode.env.language, 'short')
    const known = model.snapshot.conversations.find(({ id }) => id === room?.conversation)
    const named = known === undefined || isVeiled() ? {} : { title: safeName(known.title) }
    return { link, until, room: room && named }
  }
  const draw = ({ panel, found }: Screen): void => panel.show(inviteCard(shown(found), vscode.l10n))
  const closeAll = (): void => {
    for (const { panel } of screens.values()) panel.dispose()
  }
  // An invite that was used or taken back is not shown to anybody any more, and none after everything was deleted.
  const held = vscode.Disposable.from(
    model.on('invite/changed', ({ own }) => {
      if (own !== undefined && own.state !== 'live') screens.get(own.invite)?.panel.dispose()
    }),
    model.onDidChange(({ identity }) => {
      if (identity?.kind === 'none') closeAll()
      else for (const screen of screens.values()) draw(screen)
    }),
  )
  return {
    async open(id) {
      const present = screens.get(id)
      if (present !== undefined) {
        present.panel.reveal()
        return
      }
      const found = await find(id)
      // Asked for twice, it opens once.
      if (screens.has(id)) return
      const panel = createCardPanel({
        ...init,
        title: inviteCard(shown(found), vscode.l10n).title,
        act: (action) => (action === 'copyLink' ? copyInviteLink(found.link) : copyMessage(shown(found))),
        onDispose: () => screens.delete(id),
      })
      const screen = { panel, found }
      screens.set(id, screen)
      draw(screen)
    },
    copyMessage: async (id) => copyMessage(shown(await find(id))),
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
