import type * as vscode from 'vscode'
import type { Card } from '../../shared/card.ts'
import { qrRows } from '../card/qrRows.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** An invite that was made in this session. `until`: in the user's words. */
export interface ShownInvite {
  readonly link: string
  readonly until: string
  /** The room that it leads into, where it does; its title, unless names are hidden. */
  readonly room: { readonly title?: string } | undefined
}

/** What can be pressed on the card. */
export type InviteAction = 'copyLink' | 'copyMessage'

/** What to send to somebody who does not know Tincan yet. */
export function invitationMessage({ link, until, room }: ShownInvite, l10n: L10n): string {
  return [
    lead(room, l10n),
    '',
    `1. ${l10n.t('Install the extension “Tincan” in VS Code or a relative of it, and choose a name.')}`,
    `2. ${l10n.t('Run “Tincan: Join with an Invite Link…” and paste this link. It works once, until {0}:', until)}`,
    '',
    link,
  ].join('\n')
}

function lead(room: ShownInvite['room'], l10n: L10n): string {
  if (room === undefined)
    return l10n.t('I would like to chat with you in our editors, with Tincan: end-to-end encrypted, without a server.')
  return room.title === undefined
    ? l10n.t('I would like you to join a room in our editors, with Tincan: end-to-end encrypted, without a server.')
    : l10n.t(
        'I would like you to join the room “{0}” in our editors, with Tincan: end-to-end encrypted, without a server.',
        room.title,
      )
}

function title(room: ShownInvite['room'], l10n: L10n): string {
  if (room === undefined) return l10n.t('Invite')
  return room.title === undefined ? l10n.t('Invite to a room') : l10n.t('Invite to {0}', room.title)
}

/** An invite as a code to be scanned and as a message to be sent. */
export function inviteCard(invite: ShownInvite, l10n: L10n): Card {
  return {
    title: title(invite.room, l10n),
    sections: [
      {
        parts: [
          {
            kind: 'status',
            tone: 'plain',
            icon: 'info',
            text: l10n.t('Works once, for whoever uses it first, until {0}.', invite.until),
          },
          {
            kind: 'text',
            text: l10n.t(
              'Show the code to one person beside you, or send the message through a channel you trust. Whoever sees either can use it.',
            ),
          },
          { kind: 'qr', label: l10n.t('QR code of the invite link'), rows: qrRows(invite.link) },
          {
            kind: 'actions',
            actions: [{ id: 'copyLink' satisfies InviteAction, icon: 'link', label: l10n.t('Copy Link') }],
          },
        ],
      },
      {
        heading: l10n.t('A message ready to send'),
        parts: [
          { kind: 'quote', label: l10n.t('A message ready to send'), text: invitationMessage(invite, l10n) },
          {
            kind: 'actions',
            actions: [
              {
                id: 'copyMessage' satisfies InviteAction,
                icon: 'copy',
                label: l10n.t('Copy Invitation Message'),
                primary: true,
              },
            ],
          },
        ],
      },
    ],
  }
}
