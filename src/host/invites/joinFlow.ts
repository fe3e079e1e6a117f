import * as vscode from 'vscode'
import { ChatError } from '../../shared/chatError.ts'
import type { IdentityState, ServiceRequests } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { errorSentence } from '../errorSentence.ts'
import { formatTime } from '../text/formatTime.ts'
import { safeName } from '../text/safeName.ts'

const maxLinkChars = 4096

/** Joining with somebody's invite: always through one confirmation of ours, wherever the link came from. */
export interface JoinFlow {
  /** Asks for a link, then confirms. */
  askForLink(): Promise<void>
  /**
   * Confirms a link. Before there is an identity it is kept in memory until `resume`; where another window has Tincan and
   * this one has no part in it yet, until it has.
   */
  confirm(link: string): Promise<void>
  /** The first run is over: goes on with the link that waited for it. */
  resume(): Promise<void>
}

export function createJoinFlow(model: ChatModel, open: OpenConversation): JoinFlow {
  let waitingLink: string | undefined

  const confirm = async (link: string): Promise<void> => {
    const state = await identityHere(model)
    if (state === undefined) {
      waitingLink = link
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Tincan cannot be used in this window yet. As soon as it can, it goes on with the invite.'),
      )
      await vscode.commands.executeCommand('tincan.conversation.focus')
      await untilRunning(model)
      // Of several links the one opened last is gone on with.
      if (waitingLink === link) await resume()
      return
    }
    if (state.kind === 'none') {
      waitingLink = link
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Set up Tincan first; then it goes on with the invite you opened.'),
      )
      await vscode.commands.executeCommand('tincan.conversation.focus')
      return
    }
    if (!(await isWanted(await model.request('invite/inspect', { link })))) return
    // Until the inviter is found, or is not, there is nothing in the list to see.
    const { state: outcome, conversation } = await vscode.window.withProgress(
      { location: { viewId: 'tincan.conversation' } },
      () => model.request('invite/accept', { link }),
    )
    if (conversation !== undefined) await open.reveal(conversation)
    // The list and the start screen say how it goes; a message that stays would soon say something that is over.
    else if (outcome === 'waiting') await vscode.commands.executeCommand('tincan.conversation.focus')
  }

  const resume = async (): Promise<void> => {
    const link = waitingLink
    waitingLink = undefined
    if (link !== undefined) await confirm(link)
  }

  return {
    confirm,
    resume,
    async askForLink() {
      const link = await vscode.window.showInputBox({
        title: vscode.l10n.t('Join with an Invite Link'),
        prompt: vscode.l10n.t('Paste the link, or the code, that somebody sent you.'),
        placeHolder: 'vscode://tincan.tincan/join#…',
        ignoreFocusOut: true,
        validateInput: (value) => complaint(model, value),
      })
      if (link !== undefined) await confirm(link.trim())
    },
  }
}

/** Whether there is an identity; `undefined` while another window has Tincan and this one has no part in it. */
async function identityHere(model: ChatModel): Promise<IdentityState | undefined> {
  try {
    return await model.request('identity/state', {})
  } catch (error) {
    if (error instanceof ChatError && error.code === 'in-use') return undefined
    throw error
  }
}

async function untilRunning(model: ChatModel): Promise<void> {
  if (model.snapshot.phase === 'running') return
  await new Promise<void>((resolve) => {
    const listening = model.onDidChange(({ phase }) => {
      if (phase !== 'running') return
      listening.dispose()
      resolve()
    })
  })
}

/** Why what was pasted cannot be used. */
async function complaint(model: ChatModel, value: string): Promise<string | undefined> {
  const link = value.trim()
  if (link === '') return vscode.l10n.t('Paste an invite link.')
  if (link.length > maxLinkChars) return vscode.l10n.t('This is too long for an invite link.')
  try {
    await model.request('invite/inspect', { link })
    return undefined
  } catch (error) {
    // Without an identity the link is only kept for later.
    if (error instanceof ChatError && error.code === 'no-identity') return undefined
    return errorSentence(error, vscode.l10n)
  }
}

async function isWanted({ kind, inviter, expiresAt }: ServiceRequests['invite/inspect']['result']): Promise<boolean> {
  const join = vscode.l10n.t('Join')
  const detail = [
    vscode.l10n.t('The invite was made by the person with the key {0}.', safeName(inviter)),
    vscode.l10n.t('It can be used until {0}.', formatTime(expiresAt, vscode.env.language, Date.now())),
    kind === 'room'
      ? vscode.l10n.t(
          'If you join, the members of the room learn your name and your network address, and can read what you write there. Join only when you know who sent you the link.',
        )
      : vscode.l10n.t(
          'If you join, they learn your name and your network address, and the two of you can exchange messages. Join only when you know who sent you the link.',
        ),
  ].join('\n\n')
  const question =
    kind === 'room'
      ? vscode.l10n.t('Join a room with this Tincan invite?')
      : vscode.l10n.t('Join with this Tincan invite?')
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, join)
  return answer === join
}
