import * as vscode from 'vscode'
import type { Message, SendBody } from '../../shared/service.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** Passes messages on to a conversation that the user picks, one after the other. `false`: none was picked, or not all were sent. */
export async function forwardMessages(model: ChatModel, messages: readonly Message[]): Promise<boolean> {
  const bodies = messages.flatMap(({ body }) => forwarded(body) ?? [])
  if (bodies.length === 0) return false
  const target = await pickConversation(model, vscode.l10n.t('Forward to…'))
  if (target === undefined) return false
  for (const body of bodies) {
    const checked = await askAboutSecrets<SendBody>(body)
    if (checked === undefined) return false
    await model.request('message/send', { conversation: target.id, body: checked })
  }
  return true
}

/** As it goes on: without what belongs to where it was. */
function forwarded(body: Message['body']): SendBody | undefined {
  if (body.kind !== 'text' && body.kind !== 'snippet' && body.kind !== 'patch') return undefined
  const { replyTo: _, thread: __, lifetimeMs: ___, ...content } = body
  // Whom it named there is not who is here.
  const fresh: SendBody = content.kind === 'text' ? { kind: 'text', text: content.text } : content
  return { ...fresh, forwarded: true }
}
