let last = 0

/** A number for a request of this webview, over all its conversations and threads; an answer names the one it answers. */
export function nextRequest(): number {
  return ++last
}
