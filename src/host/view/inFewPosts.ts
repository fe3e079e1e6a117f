import type { Message } from '../../shared/service.ts'
import type { HostToWebview } from '../../shared/webviewProtocol.ts'

/**
 * Posts as `post` does and in the same order, but what one turn says of messages goes out together at its end: each post
 * costs the webview a rendering, and many messages come at once after somebody was away.
 */
export function inFewPosts(post: (message: HostToWebview) => void): (message: HostToWebview) => void {
  let gathered: { readonly type: 'added' | 'changed'; readonly messages: Message[] } | undefined
  const flush = (): void => {
    const message = gathered
    gathered = undefined
    if (message !== undefined) post(message)
  }
  return (message) => {
    const isGathered = message.type === 'added' || message.type === 'changed'
    if (isGathered && gathered?.type === message.type) {
      gathered.messages.push(...message.messages)
      return
    }
    flush()
    if (!isGathered) {
      post(message)
      return
    }
    gathered = { type: message.type, messages: [...message.messages] }
    queueMicrotask(flush)
  }
}
