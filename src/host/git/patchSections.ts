/** The part of a patch that is about one file. */
export interface PatchSection {
  /** Relative to the repository, as the section itself names it: the new name of a file that got one. */
  readonly path: string
  readonly text: string
  /** It only says that the file changed: its content is no text. */
  readonly isBinary: boolean
}

/** A patch of git, in the parts that are about one file each. What stands before the first is left out. */
export function patchSections(patch: string): readonly PatchSection[] {
  // Within a hunk every line begins with a mark, so these words begin a section and nothing else.
  return patch
    .split(/^(?=diff --git )/m)
    .filter((text) => text.startsWith('diff --git '))
    .map((text) => {
      const head = text.split(/^@@ /m, 1)[0] ?? ''
      return { path: pathOf(head), text, isBinary: /^(?:Binary files .* differ|GIT binary patch)$/m.test(head) }
    })
}

function pathOf(head: string): string {
  const named = /^rename to (.*)$/m.exec(head) ?? /^\+\+\+ b\/(.*?)\t?$/m.exec(head) ?? /^--- a\/(.*?)\t?$/m.exec(head)
  if (named?.[1] !== undefined) return named[1]
  // Nothing but a mode changed, or the content is no text: both names are one.
  const line = head.slice('diff --git '.length).split('\n', 1)[0] ?? ''
  return line.slice((line.length + 1) / 2).replace(/^b\//, '')
}
