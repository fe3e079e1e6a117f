import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { Member } from '../../shared/service.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'

/** Shows a contact's safety number and takes down what the comparison gave. */
export async function showSafetyNumber(model: ChatModel, conversation: ConversationId | undefined): Promise<void> {
  const member = await pickMember(model, conversation, vscode.l10n.t('Whose safety number?'))
  if (member !== undefined) await safetyNumberOf(model, member)
}

/** Shows the safety number of somebody in a conversation. */
export async function showMemberSafetyNumber(
  model: ChatModel,
  conversation: ConversationId,
  person: PersonId,
): Promise<void> {
  const found = (await model.request('conversation/list', {})).find(({ id }) => id === conversation)
  const member = found?.members.find((one) => one.person === person)
  if (member === undefined) throw chatError('unknown-person')
  await safetyNumberOf(model, member)
}

/** Shows a person's safety number and takes down what the comparison gave. */
export async function safetyNumberOf(model: ChatModel, member: Pick<Member, 'person' | 'name'>): Promise<void> {
  const { number, verified } = await model.request('safety/number', { person: member.person })
  const name = safeName(member.name)
  const mark = verified ? vscode.l10n.t('Mark as Not Verified') : vscode.l10n.t('Mark as Verified')
  const copy = vscode.l10n.t('Copy')
  const detail = [
    groupDigits(number),
    verified
      ? vscode.l10n.t('You marked {0} as verified.', name)
      : vscode.l10n.t('You have not verified {0} yet.', name),
    vscode.l10n.t(
      'Compare these 60 digits with {0} over a call or face to face, not in this chat. When they are the same on both sides, nobody sits between you.',
      name,
    ),
  ].join('\n\n')
  const title = vscode.l10n.t('Safety number with {0}', name)
  const choice = await vscode.window.showInformationMessage(title, { modal: true, detail }, mark, copy)
  if (choice === copy) await vscode.env.clipboard.writeText(groupDigits(number))
  if (choice === mark) await setVerified(model, member.person, !verified)
}

/** Marks a contact as verified, or not, after the user said so once more. */
export async function markVerified(
  model: ChatModel,
  conversation: ConversationId | undefined,
  verified: boolean,
): Promise<void> {
  const question = verified ? vscode.l10n.t('Mark whom as verified?') : vscode.l10n.t('Mark whom as not verified?')
  const member = await pickMember(model, conversation, question)
  if (member === undefined) return
  if (verified) await safetyNumberOf(model, member)
  else await setVerified(model, member.person, false)
}

/** Takes down whether the user compared a person's safety number. */
export async function setVerified(model: ChatModel, person: PersonId, verified: boolean): Promise<void> {
  await model.request('safety/verify', { person, verified })
}

async function pickMember(
  model: ChatModel,
  conversation: ConversationId | undefined,
  question: string,
): Promise<Member | undefined> {
  if (conversation === undefined) {
    return (await pickConversation(model, question, ({ kind }) => kind === 'direct'))?.members[0]
  }
  const list = await model.request('conversation/list', {})
  const found = list.find(({ id }) => id === conversation)
  if (found?.kind !== 'direct') throw chatError('unknown-conversation')
  return found.members[0]
}

/** Twelve groups of five digits in three lines, as people read them to each other. */
function groupDigits(number: string): string {
  const groups = number.replace(/\D/g, '').match(/.{1,5}/g) ?? []
  return [groups.slice(0, 4), groups.slice(4, 8), groups.slice(8)].map((line) => line.join('  ')).join('\n')
}
