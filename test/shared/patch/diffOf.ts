/** A unified diff of two texts, made by the plainest way there is: what is tested must not test itself. */

/** The change of a file `x` from one text to the other, with so many lines of context; empty where they are the same. */
export function diffOf(before: string, after: string, context: number): string {
  const script = editScript(split(before), split(after))
  const isChange = script.map(({ mark }) => mark !== ' ')
  const isShown = script.map((_, i) => isChange.slice(Math.max(0, i - context), i + context + 1).some(Boolean))
  let [oldLine, newLine] = [0, 0]
  let text = ''
  for (let i = 0; i < script.length;) {
    const hunk = []
    const [oldStart, newStart] = [oldLine, newLine]
    const begin = i
    while (i < script.length && isShown[i] === true) {
      const step = script[i]
      if (step === undefined) break
      hunk.push(step)
      if (step.mark !== '+') oldLine++
      if (step.mark !== '-') newLine++
      i++
    }
    if (i === begin) {
      i++
      oldLine++
      newLine++
      continue
    }
    const [oldCount, newCount] = [oldLine - oldStart, newLine - newStart]
    text += `@@ -${String(oldCount === 0 ? oldStart : oldStart + 1)},${String(oldCount)} +${String(newCount === 0 ? newStart : newStart + 1)},${String(newCount)} @@\n`
    text += hunk
      .map(({ mark, line }) => mark + (line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`))
      .join('')
  }
  return text === '' ? '' : `diff --git a/x b/x\n--- a/x\n+++ b/x\n${text}`
}

const split = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/gu) ?? []

interface Step {
  readonly mark: ' ' | '-' | '+'
  readonly line: string
}

/** The longest common subsequence by its table. */
function editScript(a: readonly string[], b: readonly string[]): Step[] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i]
      if (row !== undefined) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  const steps: Step[] = []
  for (let [i, j] = [0, 0]; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push({ mark: ' ', line: a[i] ?? '' })
      i++
      j++
    } else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1)))
      steps.push({ mark: '-', line: a[i++] ?? '' })
    else steps.push({ mark: '+', line: b[j++] ?? '' })
  }
  return steps
}
