import * as vscode from 'vscode'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import { chatError } from '../../shared/chatError.ts'
import { messageFragment, type MessageAddress } from '../../shared/messageLink.ts'
import { messageOffers, type MessageDeed, type MessageOffer } from '../../shared/messageOffers.ts'
import type { Message } from '../../shared/service.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Composing } from '../view/desk.ts'
import { eraseMessages, hideMessages } from './deleteMessages.ts'
import { forwardMessages } from './forwardMessages.ts'
import { pickEmoji } from './pickEmoji.ts'
import { wordingItems } from './wordingItems.ts'

/**
 * Does one of the things that can be done with a message, or offers them all. Answers what the view is to go on with.
 * What cannot be done with this message is not done.
 */
export async function runMessageMenu(
  model: ChatModel,
  deed: MessageDeed,
  conversation: ConversationId,
  message: MessageId,
): Promise<Composing | undefined> {
  const found = await model.request('message/get', { conversation, message })
  const { conversations, identity } = model.snapshot
  const shown = conversations.find(({ id }) => id === conversation)
  if (found === null || shown === undefined || identity?.kind !== 'ready') return undefined
  const offers = messageOffers(shown, found, identity.identity.person)
  if (deed !== 'more') return offers.includes(deed) ? takeOffer(model, deed, conversation, message) : undefined
  const items = offers.map((offer) => ({ ...look(offer), offer }))
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('What to do with this message'),
  })
  return picked && takeOffer(model, picked.offer, conversation, message)
}

/** Does one of the things that can be done with a message. Answers what the view is to go on with. */
export async function takeOffer(
  model: ChatModel,
  offer: MessageOffer,
  conversation: ConversationId,
  message: MessageId,
): Promise<Composing | undefined> {
  switch (offer) {
    case 'reply':
    case 'edit':
    case 'select':
    case 'thread':
      return offer
    case 'react':
      await react(model, conversation, message)
      return undefined
    case 'history':
      await showWordings(model, conversation, message)
      return undefined
    case 'copy':
    case 'forward':
      await withMessage(model, conversation, message, (found) =>
        offer === 'copy' ? copy(found) : forwardMessages(model, conversation, [found]),
      )
      return undefined
    case 'link':
      await copyLink({ conversation, message })
      return undefined
    case 'pin':
    case 'unpin':
      await model.request('room/set', { conversation, [offer]: message })
      return undefined
    case 'unread':
      await model.request('conversation/unread', { conversation, from: message })
      return undefined
    case 'hide':
      await hideMessages(model, conversation, [message])
      return undefined
    case 'erase':
      await withMessage(model, conversation, message, (found) => eraseMessages(model, conversation, [found]))
      return undefined
  }
}

async function withMessage(
  model: ChatModel,
  conversation: ConversationId,
  message: MessageId,
  work: (found: Message) => Promise<unknown>,
): Promise<void> {
  const found = await model.request('message/get', { conversation, message })
  if (found === null) throw chatError('unknown-message')
  await work(found)
}

async function copy({ body }: Message): Promise<void> {
  if ('text' in body) await vscode.env.clipboard.writeText(body.text)
}

/** In the form of the editor that runs, which is the one that will open it. */
async function copyLink(address: MessageAddress): Promise<void> {
  await vscode.env.clipboard.writeText(`${vscode.env.uriScheme}://tincan.tincan/message#${messageFragment(address)}`)
}

/** Asks for an emoji and puts it beside a message. */
async function react(model: ChatModel, conversation: ConversationId, message: MessageId): Promise<void> {
  const emoji = await pickEmoji()
  if (emoji !== undefined) await model.request('message/react', { conversation, message, emoji, on: true })
}

/** All wordings of a message, the newest first; the one chosen is copied. */
async function showWordings(model: ChatModel, conversation: ConversationId, message: MessageId): Promise<void> {
  const { wordings } = await model.request('message/edits', { conversation, message })
  const picked = await vscode.window.showQuickPick(wordingItems(wordings, vscode.env.language), {
    title: vscode.l10n.t('All Wordings of This Message'),
    placeHolder: vscode.l10n.t('The newest first. Choose one to copy it.'),
  })
  if (picked !== undefined) await vscode.env.clipboard.writeText(picked.text)
}

function look(offer: MessageOffer): vscode.QuickPickItem {
  switch (offer) {
    case 'reply':
      return { label: `$(reply) ${vscode.l10n.t('Reply')}` }
    case 'thread':
      return { label: `$(comment-discussion) ${vscode.l10n.t('Open Thread')}` }
    case 'copy':
      return { label: `$(copy) ${vscode.l10n.t('Copy')}` }
    case 'link':
      return { label: `$(link) ${vscode.l10n.t('Copy Link')}` }
    case 'select':
      return { label: `$(checklist) ${vscode.l10n.t('Select')}` }
    case 'pin':
      return { label: `$(pin) ${vscode.l10n.t('Pin')}` }
    case 'unpin':
      return { label: `$(pinned) ${vscode.l10n.t('Unpin')}` }
    case 'react':
      return { label: `$(smiley) ${vscode.l10n.t('React…')}` }
    case 'edit':
      return { label: `$(edit) ${vscode.l10n.t('Edit')}` }
    case 'history':
      return { label: `$(history) ${vscode.l10n.t('Show All Wordings')}` }
    case 'forward':
      return { label: `$(arrow-right) ${vscode.l10n.t('Forward…')}` }
    case 'unread':
      return { label: `$(circle-filled) ${vscode.l10n.t('Mark as Unread from Here')}` }
    case 'hide':
      return { label: `$(eye-closed) ${vscode.l10n.t('Delete for Me…')}` }
    case 'erase':
      return { label: `$(trash) ${vscode.l10n.t('Delete for Everybody…')}` }
  }
}
