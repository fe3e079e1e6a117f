import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import { nameSkeleton } from '../../shared/nameSkeleton.ts'
import type { OwnInvite } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { mixesScripts, safeName } from '../text/safeName.ts'

/** The question whether a joiner may come in, with a hint where the name could deceive. Plain text, safe to show. */
export function joinerQuestion(model: ChatModel, invite: OwnInvite): string {
  const { joiner } = invite
  if (joiner === undefined) return vscode.l10n.t('Somebody used your invite and wants to talk to you.')
  const name = safeName(joiner.name)
  const question = vscode.l10n.t(
    '{0} used your invite and wants to talk to you (key {1}).',
    name,
    shortKey(joiner.person),
  )
  const hint = nameHint(model, joiner)
  return hint === undefined ? question : `${question} ${hint}`
}

function nameHint(model: ChatModel, joiner: NonNullable<OwnInvite['joiner']>): string | undefined {
  const skeleton = nameSkeleton(joiner.name)
  const double = model.snapshot.conversations
    .flatMap(({ members }) => members)
    .find((member) => member.person !== joiner.person && nameSkeleton(member.name) === skeleton)
  if (double !== undefined) {
    return vscode.l10n.t(
      'Careful: this is not the {0} among your contacts, though the names look alike.',
      safeName(double.name),
    )
  }
  return mixesScripts(joiner.name)
    ? vscode.l10n.t('Careful: this name mixes letters of several alphabets and may imitate another.')
    : undefined
}

/** Answers for the user, and resolves to the new conversation where there is one. */
export async function answerJoiner(
  model: ChatModel,
  invite: OwnInvite['invite'],
  accept: boolean,
): Promise<ConversationId | undefined> {
  const { conversation } = await model.request('invite/confirm', { invite, accept })
  return conversation
}
