import { chatError } from '../../shared/chatError.ts'
import type { WebviewToHost } from '../../shared/webviewProtocol.ts'
import type { ConversationFeed } from './conversationFeed.ts'

/** What a webview asks for when it needs other messages than those it shows. */
export type PageRequest = Extract<WebviewToHost, { type: 'loadOlder' | 'loadNewer' | 'reveal' | 'latest' }>

/** Gives a webview other messages of the conversation that it shows. */
export async function answerPage(feed: ConversationFeed, message: PageRequest): Promise<void> {
  switch (message.type) {
    case 'loadOlder':
      return feed.older(message.request, message.before)
    case 'loadNewer':
      return feed.newer(message.request, message.after)
    case 'reveal':
      if (!(await feed.reveal(message.message, []))) throw chatError('unknown-message')
      return
    case 'latest':
      return feed.latest()
  }
}
