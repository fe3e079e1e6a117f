import * as vscode from 'vscode'
import type { OpenConversation } from '../conversations/openConversation.ts'
import type { Boundary } from '../boundary.ts'
import type { ConversationId, InviteId } from '../../shared/ids.ts'
import type { ChatLife } from '../life/chatLife.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { needsAnswer } from '../view/waitingInvites.ts'
import { joinerQuestion } from './answerJoiner.ts'
import { joinFailureSentence } from './joinFailureSentence.ts'
import type { WaitingRoom } from './openWaiting.ts'

/**
 * Asks about joiners, once each, and says when an invite led to a conversation or a join to nothing. Of a person's
 * windows only the one used last does so.
 */
export function registerInviteNotices(
  model: ChatModel,
  life: Pick<ChatLife, 'standing' | 'leads'>,
  boundary: Boundary,
  room: WaitingRoom,
  shown: OpenConversation,
): vscode.Disposable {
  const asked = new Set<InviteId>()
  /** What waited before this window knew of it, another one has asked about; unless this one is the first. */
  let isNews = false
  const told = new Set<string>()

  const askAboutJoiners = (): void => {
    for (const invite of model.snapshot.invites) {
      if (!needsAnswer(invite) || asked.has(invite.invite)) continue
      asked.add(invite.invite)
      if (!life.standing.speaks || !(isNews || life.leads)) continue
      void boundary.run('a joiner', async () => {
        const accept = vscode.l10n.t('Accept')
        const decline = vscode.l10n.t('Decline')
        const choice = await vscode.window.showInformationMessage(joinerQuestion(model, invite), accept, decline)
        if (choice !== undefined) await room.answer(invite.invite, choice === accept)
      })
    }
    // The identity is what the model learns last of all that there is.
    isNews = model.snapshot.identity?.kind === 'ready'
  }

  const sayConnected = (conversation: ConversationId, hasJoined: boolean): void => {
    if (told.has(conversation)) return
    told.add(conversation)
    if (!life.standing.speaks) return
    if (shown.current === undefined) shown.set(conversation)
    void boundary.run('a new contact', async () => {
      const list = await model.request('conversation/list', {})
      const found = list.find(({ id }) => id === conversation)
      if (found === undefined || shown.current === conversation) return
      // Who came into one's own room stands in the room.
      if (found.room !== undefined && !hasJoined) return
      const open = vscode.l10n.t('Open')
      const sentence =
        found.room === undefined
          ? vscode.l10n.t('{0} is now a contact.', safeName(found.title))
          : vscode.l10n.t('You are now in the room {0}.', safeName(found.title))
      const choice = await vscode.window.showInformationMessage(sentence, open)
      if (choice === open) await shown.reveal(conversation)
    })
  }

  return vscode.Disposable.from(
    model.onDidChange(askAboutJoiners),
    model.on('invite/changed', ({ own, join, conversation }) => {
      const isInSight = own !== undefined && room.hasLetIn(own.invite)
      if (conversation !== undefined && !isInSight) sayConnected(conversation, join !== undefined)
      if (join?.state !== 'failed' || told.has(join.join)) return
      told.add(join.join)
      if (!life.standing.speaks) return
      void vscode.window.showWarningMessage(joinFailureSentence(join.reason, vscode.l10n))
    }),
  )
}
