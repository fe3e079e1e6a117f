/** The part of a patch that is about one file. */
export interface PatchSection {
  /** Relative to the repository, as the section itself names it: the new name of a file that got one. */
  readonly path: string
  readonly text: string
  /** - `content`: it is no text, and what changes is there; `named`: it only says that the file changed */
  readonly binary?: 'content' | 'named'
}

/**
 * A patch of git, in the parts that are about one file each. What stands before the first is left out, and so is the way
 * back of a change that is no text: what the file held before is nobody's business.
 */
export function patchSections(patch: string): readonly PatchSection[] {
  // Within a hunk every line begins with a mark, so these words begin a section and nothing else.
  return patch
    .split(/^(?=diff --git )/m)
    .filter((text) => text.startsWith('diff --git '))
    .map((text) => {
      const head = text.split(/^@@ /m, 1)[0] ?? ''
      const path = pathOf(head)
      if (/^Binary files .* differ$/m.test(head)) return { path, text, binary: 'named' }
      return /^GIT binary patch$/m.test(head) ? { path, text: oneWay(text), binary: 'content' } : { path, text }
    })
}

/** The same without what changes, as git says it where it is not asked for that. */
export function withoutContent({ path, text }: PatchSection): PatchSection {
  const [head = ''] = text.split(/^GIT binary patch$/m, 1)
  const [isNew, isDeleted] = [/^new file mode /m.test(head), /^deleted file mode /m.test(head)]
  const from = /^rename from (.*)$/m.exec(head)?.[1] ?? path
  const [before, after] = [isNew ? '/dev/null' : `a/${from}`, isDeleted ? '/dev/null' : `b/${path}`]
  return { path, text: head.concat(`Binary files ${before} and ${after} differ\n`), binary: 'named' }
}

/** Up to the blank line behind what leads forward; what leads back follows behind that. */
function oneWay(text: string): string {
  const end = text.indexOf('\n\n', text.indexOf('\nGIT binary patch\n'))
  return end < 0 ? text : text.slice(0, end + 2)
}

function pathOf(head: string): string {
  const named = /^rename to (.*)$/m.exec(head) ?? /^\+\+\+ b\/(.*?)\t?$/m.exec(head) ?? /^--- a\/(.*?)\t?$/m.exec(head)
  if (named?.[1] !== undefined) return named[1]
  // Nothing but a mode changed, or the content is no text: both names are one.
  const line = head.slice('diff --git '.length).split('\n', 1)[0] ?? ''
  return line.slice((line.length + 1) / 2).replace(/^b\//, '')
}
