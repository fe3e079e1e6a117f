/** A text that is open in an editor, as far as it matters for finding a piece of it. */
export interface OpenText {
  readonly language: string
  /** The text as a whole, with any line ends. */
  readonly text: string
  /** What is selected of it, with any line ends; empty for a caret. */
  readonly selected: readonly string[]
}

/** A place in a text: 0-based lines and characters, `end` behind the last one. */
export interface Place {
  readonly start: { readonly line: number; readonly character: number }
  readonly end: { readonly line: number; readonly character: number }
}

/**
 * Where a pasted text was copied from: the one open text of its language that holds it exactly once, or that has it
 * selected. `undefined` where it could be from several places, or from none.
 */
export function findPasted<T extends OpenText>(
  pasted: string,
  language: string,
  open: readonly T[],
): { readonly from: T; readonly place: Place } | undefined {
  const wanted = withPlainEnds(pasted)
  const candidates = open
    .filter((each) => each.language === language)
    .flatMap((from) => {
      const text = withPlainEnds(from.text)
      const at = text.indexOf(wanted)
      return at < 0 ? [] : [{ from, text, at, isOnce: !text.includes(wanted, at + 1) }]
    })
  const selecting = candidates.filter(({ from }) =>
    from.selected.some((selected) => withPlainEnds(selected) === wanted),
  )
  const [best] = selecting.length === 1 ? selecting : candidates.length === 1 ? candidates : []
  if (best?.isOnce !== true || wanted.trim() === '') return undefined
  return {
    from: best.from,
    place: { start: positionAt(best.text, best.at), end: positionAt(best.text, best.at + wanted.length) },
  }
}

const withPlainEnds = (text: string): string => text.replace(/\r\n?/g, '\n')

function positionAt(text: string, offset: number): Place['start'] {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
}
