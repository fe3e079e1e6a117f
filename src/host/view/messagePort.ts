import type { MessageToHost } from '../../shared/messageProtocol.ts'
import type { HostToWebview, WebviewToHost } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Desk } from './desk.ts'

type MessageRequest = Exclude<MessageToHost, { type: 'messageFocus' }> | Extract<WebviewToHost, { type: 'pin' }>

/** What a webview asks of messages that are there. */
export async function handleMessageRequest(
  { model, desk, post }: { model: ChatModel; desk: Desk; post: (message: HostToWebview) => void },
  request: MessageRequest,
): Promise<void> {
  if (request.type === 'focusEditor') return desk.focusEditor()
  if (request.type === 'showLifetime') return desk.showLifetime(request.conversation)
  if (request.type === 'selection') {
    const isDone = await desk.doWithSelected(request.deed, request.conversation, request.messages)
    if (isDone) post({ type: 'unselect' })
    return
  }
  const { conversation, message } = request
  switch (request.type) {
    case 'messageMenu': {
      const composing = await desk.messageMenu(request.menu, conversation, message)
      if (composing !== undefined) post({ type: 'compose', mode: composing, message })
      return
    }
    case 'openMessage':
      return desk.openMessage({ conversation, message })
    case 'pin':
      await model.request('room/set', { conversation, ...(request.pinned ? { pin: message } : { unpin: message }) })
      return
    case 'react':
      await model.request('message/react', { conversation, message, emoji: request.emoji, on: request.on })
      return
    case 'edit': {
      const { mentions } = request
      const text = await desk.guardText(request.text)
      if (text === undefined) return
      await model.request('message/edit', { conversation, message, text, ...(mentions && { mentions }) })
      return
    }
  }
}
