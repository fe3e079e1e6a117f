/** Whether a body is a message that somebody said to others: it can be answered, pinned, forwarded and taken back. */
export function isSaid<Body extends { readonly kind: string }>(
  body: Body,
): body is Extract<Body, { readonly kind: 'text' | 'snippet' | 'patch' | 'file' }> {
  return body.kind === 'text' || body.kind === 'snippet' || body.kind === 'patch' || body.kind === 'file'
}
