import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import { exportConversation } from '../archive/exportCommand.ts'
import type { Conversation, Member } from '../../shared/service.ts'
import type { Boundary } from '../boundary.ts'
import { pickContact } from '../contacts/pickContact.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { isRoom, type Room } from '../rooms/isRoom.ts'
import { safeName } from '../text/safeName.ts'
import { conversationOf } from './commandArguments.ts'
import { pickConversation } from './pickConversation.ts'

/** The commands that delete a conversation, or a contact, from this machine. */
export function registerRemovalCommands(boundary: Boundary, model: ChatModel): vscode.Disposable {
  return vscode.Disposable.from(
    boundary.command('tincan.deleteConversation', async (argument) => {
      const given = conversationOf(argument)
      const conversation =
        given === undefined
          ? await pickConversation(model, vscode.l10n.t('Delete which conversation?'))
          : (await model.request('conversation/list', {})).find(({ id }) => id === given)
      if (conversation !== undefined) await deleteConversation(model, conversation)
      else if (given !== undefined) throw chatError('unknown-conversation')
    }),
    boundary.command('tincan.deleteContact', async (argument) => {
      const contact = await pickContact(model, argument, vscode.l10n.t('Delete which contact?'))
      if (contact !== undefined) await deleteContact(model, contact)
    }),
  )
}

async function deleteConversation(model: ChatModel, conversation: Conversation): Promise<void> {
  if (isRoom(conversation) && conversation.room.state === 'active') return deleteOpenRoom(model, conversation)
  const name = safeName(conversation.title)
  const remove = vscode.l10n.t('Delete')
  const question =
    conversation.isSelf === true
      ? vscode.l10n.t('Delete all notes to yourself?')
      : vscode.l10n.t('Delete the conversation {0}?', name)
  if ((await ask(model, conversation, question, whatGoes(conversation, name), remove)) === remove)
    await removeAll(model, conversation)
}

/** A member who wants the room gone leaves it first; its owner is told how that goes, and ends one that nobody else is in. */
async function deleteOpenRoom(model: ChatModel, room: Room): Promise<void> {
  const only = vscode.l10n.t('Delete Messages Only')
  const { way, leave, stays } = wayOut(room)
  const detail = [
    everythingGoes(),
    ...(stays === undefined ? [] : [[vscode.l10n.t('What was not delivered yet is not sent.'), stays].join(' ')]),
    way,
  ]
  const question = vscode.l10n.t('Delete the conversation {0}?', safeName(room.title))
  const answer = await ask(model, room, question, detail, only, ...(leave === undefined ? [] : [leave.label]))
  if (answer === undefined) return
  if (answer === leave?.label) await model.request(leave.request, { conversation: room.id })
  await removeAll(model, room)
}

interface WayOut {
  /** How the room goes from the list. */
  readonly way: string
  readonly leave?: { readonly label: string; readonly request: 'room/leave' | 'room/dissolve' }
  readonly stays?: string
}

function wayOut({ room: { ownRole, memberCount } }: Room): WayOut {
  const stays = vscode.l10n.t('The members keep what they have.')
  if (ownRole !== 'owner')
    return {
      way: vscode.l10n.t('If you leave, the room goes from the list, and you come back only with a new invite.'),
      leave: { label: vscode.l10n.t('Leave and Delete'), request: 'room/leave' },
      stays,
    }
  if (memberCount > 1)
    return {
      way: vscode.l10n.t(
        'You own this room: hand it over, or dissolve it, before you can leave it and it goes from the list.',
      ),
      stays,
    }
  return {
    way: vscode.l10n.t('Nobody else is in this room: if you dissolve it, it goes from the list.'),
    leave: { label: vscode.l10n.t('Dissolve and Delete'), request: 'room/dissolve' },
  }
}

const everythingGoes = (): string =>
  vscode.l10n.t('Everything that is in it leaves this computer for good, with its files, and is found no more.')

const whatStays = (): string => vscode.l10n.t('What you backed up or exported before still holds all of it.')

function whatGoes({ isSelf, room }: Conversation, name: string): readonly string[] {
  if (isSelf === true)
    return [vscode.l10n.t('They leave this computer for good, with their files. Nobody else has them.'), whatStays()]
  if (room !== undefined)
    return [
      everythingGoes(),
      vscode.l10n.t('The room goes from the list. The others keep what they have.'),
      whatStays(),
    ]
  return [
    everythingGoes(),
    [
      vscode.l10n.t('What was not delivered yet is not sent.'),
      vscode.l10n.t('{0} keeps what they have, and stays your contact.', name),
    ].join(' '),
    whatStays(),
  ]
}

async function deleteContact(model: ChatModel, { person, name }: Member): Promise<void> {
  const shown = safeName(name)
  const remove = vscode.l10n.t('Delete')
  const detail = [
    vscode.l10n.t(
      'Everything that you said to each other leaves this computer for good, with its files, and is found no more.',
    ),
    vscode.l10n.t(
      'They are told nothing and keep what they have; to them you are offline from now on. They come back only by a new invite. In rooms that you are both in, you both stay.',
    ),
    whatStays(),
  ]
  const own = (await model.request('conversation/list', {})).find(
    ({ kind, members }) => kind === 'direct' && members[0]?.person === person,
  )
  const question = vscode.l10n.t('Delete the contact {0}?', shown)
  if ((await ask(model, own, question, detail, remove)) !== remove) return
  await withProgress(vscode.l10n.t('Deleting {0}…', shown), () => model.request('contact/delete', { person }))
}

const removeAll = (model: ChatModel, { id, title }: Conversation): Promise<void> =>
  withProgress(vscode.l10n.t('Deleting {0}…', safeName(title)), () =>
    model.request('conversation/delete', { conversation: id }),
  )

async function withProgress(title: string, work: () => Promise<unknown>): Promise<void> {
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work)
}

/**
 * Asks what to delete, as often as the user goes to export it first. That comes first among the answers, because the editor
 * gives the first one the keyboard: an Enter that comes too soon deletes nothing.
 */
async function ask(
  model: ChatModel,
  conversation: Conversation | undefined,
  question: string,
  detail: readonly string[],
  ...answers: readonly string[]
): Promise<string | undefined> {
  const keep = vscode.l10n.t('Export First…')
  for (;;) {
    const answer = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail: detail.join('\n\n') },
      ...(conversation === undefined ? [] : [keep]),
      ...answers,
    )
    if (answer !== keep || conversation === undefined) return answer
    await exportConversation(model, conversation.id, conversation.title)
  }
}
