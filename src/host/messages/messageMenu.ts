import * as vscode from 'vscode'
import type { ConversationId, MessageId } from '../../shared/ids.ts'
import type { Message, SendBody } from '../../shared/service.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { messageOffers, type MessageOffer } from './messageOffers.ts'
import { pickEmoji } from './pickEmoji.ts'

/** What is left for the view to do: to write an answer, or another wording. */
export type Composing = 'reply' | 'edit'

/** Offers what can be done with a message and does it. Answers what the view is to go on with. */
export async function openMessageMenu(
  model: ChatModel,
  conversation: ConversationId,
  message: MessageId,
): Promise<Composing | undefined> {
  const found = await model.request('message/get', { conversation, message })
  const { conversations, identity } = model.snapshot
  const shown = conversations.find(({ id }) => id === conversation)
  if (found === null || shown === undefined || identity?.kind !== 'ready') return undefined
  const items = messageOffers(shown, found, identity.identity.person).map((offer) => ({ ...look(offer), offer }))
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: vscode.l10n.t('What to do with this message'),
  })
  switch (picked?.offer) {
    case 'reply':
    case 'edit':
      return picked.offer
    case 'react':
      await react(model, conversation, message)
      return undefined
    case 'history':
      await showWordings(model, conversation, message)
      return undefined
    case 'forward':
      await forward(model, found)
      return undefined
    case 'unread':
      await model.request('conversation/unread', { conversation, from: message })
      return undefined
    case 'hide':
      await hide(model, conversation, message)
      return undefined
    case 'erase':
      await erase(model, conversation, message)
      return undefined
    case undefined:
      return undefined
  }
}

/** Asks for an emoji and puts it beside a message. */
export async function react(model: ChatModel, conversation: ConversationId, message: MessageId): Promise<void> {
  const emoji = await pickEmoji()
  if (emoji !== undefined) await model.request('message/react', { conversation, message, emoji, on: true })
}

/** All wordings of a message, the newest first; the one chosen is copied. */
export async function showWordings(model: ChatModel, conversation: ConversationId, message: MessageId): Promise<void> {
  const { wordings } = await model.request('message/edits', { conversation, message })
  const items = [...wordings].reverse().map(({ at, text }) => ({
    label: text.replace(/\s+/g, ' ').slice(0, 200),
    description: new Date(at).toLocaleString(vscode.env.language),
    text,
  }))
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('All Wordings of This Message'),
    placeHolder: vscode.l10n.t('The newest first. Choose one to copy it.'),
  })
  if (picked !== undefined) await vscode.env.clipboard.writeText(picked.text)
}

async function forward(model: ChatModel, { body }: Message): Promise<void> {
  if (body.kind !== 'text' && body.kind !== 'snippet' && body.kind !== 'patch') return
  const target = await pickConversation(model, vscode.l10n.t('Forward to…'))
  if (target === undefined) return
  const { replyTo: _, thread: __, ...content } = body
  // Whom it named there is not who is here.
  const fresh: SendBody = content.kind === 'text' ? { kind: 'text', text: content.text } : content
  const checked = await askAboutSecrets<SendBody>({ ...fresh, forwarded: true })
  if (checked !== undefined) await model.request('message/send', { conversation: target.id, body: checked })
}

async function hide(model: ChatModel, conversation: ConversationId, message: MessageId): Promise<void> {
  const remove = vscode.l10n.t('Delete for Me')
  const detail = vscode.l10n.t('It is removed from this device. The others keep it.')
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete this message for yourself?'),
    { modal: true, detail },
    remove,
  )
  if (answer === remove) await model.request('message/hide', { conversation, messages: [message] })
}

async function erase(model: ChatModel, conversation: ConversationId, message: MessageId): Promise<void> {
  const remove = vscode.l10n.t('Delete for Everybody')
  const detail = vscode.l10n.t(
    'Its content is removed from every device that hears of it, and its place says that it was deleted. Who is away hears of it later. What somebody has read or copied stays with them.',
  )
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete this message for everybody?'),
    { modal: true, detail },
    remove,
  )
  if (answer === remove) await model.request('message/erase', { conversation, message })
}

function look(offer: MessageOffer): vscode.QuickPickItem {
  switch (offer) {
    case 'reply':
      return { label: `$(reply) ${vscode.l10n.t('Reply')}` }
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
