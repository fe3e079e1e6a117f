/** A stretch of a text: UTF-16 offsets, `to` behind the last unit. */
export interface Span {
  readonly from: number
  readonly to: number
}

/**
 * The text in pieces, with what `map` makes of each span in its place. Spans ascend; what one shares with the span
 * before it, or has beyond the text, is left out.
 */
export function mapSpans<S extends Span, T>(
  text: string,
  spans: readonly S[],
  map: (piece: string, span: S) => T,
): readonly (string | T)[] {
  const parts: (string | T)[] = []
  let at = 0
  for (const span of spans) {
    const [from, to] = [Math.max(span.from, at), Math.min(span.to, text.length)]
    if (from >= to) continue
    parts.push(text.slice(at, from), map(text.slice(from, to), span))
    at = to
  }
  parts.push(text.slice(at))
  return parts
}
