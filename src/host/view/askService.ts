import type { WebviewToHost } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** What a webview asks for that is one request of the service, whatever is on screen. */
export type ServiceWish = Extract<WebviewToHost, { type: 'restore' | 'retryStore' | 'noteRepair' | 'draft' | 'typing' }>

/** Hands it on. Rejects as the service does. */
export async function askService(model: Pick<ChatModel, 'request'>, wish: ServiceWish): Promise<void> {
  switch (wish.type) {
    case 'restore':
      await model.request('identity/restore', { phrase: wish.phrase, name: wish.name })
      return
    case 'retryStore':
      await model.request('store/retry', {})
      return
    case 'noteRepair':
      await model.request('store/noted', {})
      return
    case 'draft': {
      const { conversation, text, thread } = wish
      await model.request('draft/set', { conversation, text, ...(thread && { thread }) })
      return
    }
    case 'typing':
      await model.request('conversation/typing', { conversation: wish.conversation, typing: wish.isTyping })
      return
  }
}
