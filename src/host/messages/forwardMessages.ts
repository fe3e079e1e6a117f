import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import { isSaid } from '../../shared/isSaid.ts'
import type { Message, SendBody } from '../../shared/service.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import { forwardFile, isHere } from '../files/forwardFile.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import type { ChatModel } from '../life/chatModel.ts'

/**
 * Passes messages of a conversation on to another that the user picks, one after the other. `false`: none was picked, or
 * not all were sent.
 */
export async function forwardMessages(
  model: ChatModel,
  conversation: ConversationId,
  messages: readonly Message[],
): Promise<boolean> {
  const passable = messages.filter(({ body }) => isSaid(body))
  if (passable.length === 0) return false
  for (const { id: message, body } of passable)
    if (body.kind === 'file' && !(await isHere(model, { conversation, message }, body))) return false
  const target = await pickConversation(model, vscode.l10n.t('Forward to…'))
  if (target === undefined) return false
  for (const { id: message, body } of passable) {
    const at = { conversation, message }
    const isSent = await (body.kind === 'file'
      ? forwardFile(model, at, body, target.id)
      : sendAnew(model, body, target.id))
    if (!isSent) return false
  }
  return true
}

/** What goes on is without what belongs to where it was. */
async function sendAnew(model: ChatModel, body: Message['body'], to: ConversationId): Promise<boolean> {
  if (!isSaid(body) || body.kind === 'file') return true
  const { replyTo: _, thread: __, lifetimeMs: ___, ...content } = body
  // Whom it named there is not who is here.
  const fresh: SendBody = content.kind === 'text' ? { kind: 'text', text: content.text } : content
  const checked = await askAboutSecrets<SendBody>({ ...fresh, forwarded: true })
  if (checked === undefined) return false
  await model.request('message/send', { conversation: to, body: checked })
  return true
}
