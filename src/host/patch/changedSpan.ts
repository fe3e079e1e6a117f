export interface ChangedSpan {
  /** UTF-16 offsets in the text before, `to` behind the last unit. */
  readonly from: number
  readonly to: number
  /** What stands there afterwards. */
  readonly text: string
}

/** The whole lines in which two texts differ: so an editor keeps its cursors and folds everywhere else. */
export function changedSpan(before: string, after: string): ChangedSpan {
  const shorter = Math.min(before.length, after.length)
  let from = 0
  while (from < shorter && before[from] === after[from]) from++
  from = from === 0 ? 0 : before.lastIndexOf('\n', from - 1) + 1
  let same = 0
  while (same < shorter - from && before.at(-1 - same) === after.at(-1 - same)) same++
  let to = before.length - same
  if (to > 0 && before[to - 1] !== '\n') {
    const end = before.indexOf('\n', to)
    to = end < 0 ? before.length : end + 1
  }
  return { from, to, text: after.slice(from, after.length - (before.length - to)) }
}
