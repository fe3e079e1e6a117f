import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { askChoice, askText } from '../input/stepInputs.ts'
import { runSteps } from '../input/steps.ts'
import type { Step } from '../input/steps.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { titleQuestion, topicQuestion, whoInvitesChoices } from './roomTexts.ts'

interface Answers {
  readonly title: string
  readonly topic: string
  readonly whoInvites: 'admins' | 'everybody'
}

/** Asks for title, topic and who may invite, makes the room, opens it, and offers to bring somebody in. */
export async function createRoom(
  model: ChatModel,
  shown: OpenConversation,
  invite: (room: ConversationId) => Promise<void>,
): Promise<void> {
  const initial: Answers = { title: '', topic: '', whoInvites: 'admins' }
  const answers = await runSteps(vscode.l10n.t('Create a Room'), initial, [askTitle, askTopic, askWhoInvites])
  if (answers === undefined) return
  const { title, topic, whoInvites } = answers
  const { conversation } = await model.request('room/create', {
    title,
    whoInvites,
    ...(topic === '' ? {} : { topic }),
  })
  await shown.reveal(conversation)
  const bring = vscode.l10n.t('Invite…')
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('The room {0} is ready. Nobody else is in it yet.', safeName(title)),
    bring,
  )
  if (choice === bring) await invite(conversation)
}

const askTitle: Step<Answers> = async (frame, answers) => {
  const answer = await askText(frame, titleQuestion(answers.title))
  return typeof answer === 'object' ? { ...answers, title: answer.value } : answer
}

const askTopic: Step<Answers> = async (frame, answers) => {
  const answer = await askText(frame, topicQuestion(answers.topic))
  return typeof answer === 'object' ? { ...answers, topic: answer.value } : answer
}

const askWhoInvites: Step<Answers> = async (frame, answers) => {
  const question = vscode.l10n.t('Who may invite people?')
  const answer = await askChoice(frame, question, whoInvitesChoices(), answers.whoInvites)
  return typeof answer === 'object' ? { ...answers, whoInvites: answer.value } : answer
}
