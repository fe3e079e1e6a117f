import * as vscode from 'vscode'
import type { InviteId } from '../../shared/ids.ts'
import type { Choice } from '../input/stepInputs.ts'
import type { ChatModel } from '../life/chatModel.ts'

const hourMs = 60 * 60 * 1000

/** Asks how long and how, makes an invite and copies its link. */
export async function inviteSomebody(model: ChatModel): Promise<void> {
  const expiresInMs = await pickExpiry()
  if (expiresInMs === undefined) return
  const autoAccept = await pickAnswer()
  if (autoAccept === undefined) return
  const { invite, link } = await model.request('invite/create', { kind: 'contact', expiresInMs, autoAccept })
  await copyInviteLink(link, invite)
}

/** Copies a link and says plainly what to do with it. `fresh`: the invite, where it was made just now. */
export async function copyInviteLink(link: string, fresh?: InviteId): Promise<void> {
  await vscode.env.clipboard.writeText(link)
  const sentence = vscode.l10n.t(
    'The invite link is on your clipboard. Send it to one person, through a channel you trust: it works once, for whoever uses it first.',
  )
  const [show, copy] = [vscode.l10n.t('Show QR Code'), vscode.l10n.t('Copy Invitation Message')]
  const offered = fresh === undefined ? [] : [show, copy]
  // Whoever waits for this waits for the link, and not for what else may be done with it.
  void vscode.window.showInformationMessage(sentence, ...offered).then((choice) => {
    if (choice === show) void vscode.commands.executeCommand('tincan.showInvite', fresh)
    else if (choice === copy) void vscode.commands.executeCommand('tincan.copyInvitationMessage', fresh)
  })
}

/** How long an invite may be used, in milliseconds. */
export const expiryChoices = (): readonly Choice<number>[] => [
  { label: vscode.l10n.t('24 hours'), description: vscode.l10n.t('recommended'), value: 24 * hourMs },
  { label: vscode.l10n.t('1 hour'), value: hourMs },
  { label: vscode.l10n.t('7 days'), value: 7 * 24 * hourMs },
]

async function pickExpiry(): Promise<number | undefined> {
  const title = vscode.l10n.t('Invite Somebody (1 of 2)')
  const picked = await vscode.window.showQuickPick(expiryChoices(), {
    title,
    placeHolder: vscode.l10n.t('How long may the invite be used?'),
  })
  return picked?.value
}

async function pickAnswer(): Promise<boolean | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Ask Me'),
      detail: vscode.l10n.t('You see the name of whoever uses the link, and accept or decline.'),
      autoAccept: false,
    },
    {
      label: vscode.l10n.t('Accept Automatically'),
      detail: vscode.l10n.t(
        'Whoever uses the link first becomes a contact, also while you are away from the keyboard.',
      ),
      autoAccept: true,
    },
  ]
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Invite Somebody (2 of 2)'),
    placeHolder: vscode.l10n.t('What happens when somebody uses it?'),
  })
  return picked?.autoAccept
}
