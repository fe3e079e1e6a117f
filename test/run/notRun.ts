const head = 'not run: '

/** The line with which a stage says that it cannot run on this machine, and why, in one sentence. */
export function formatNotRun(reason: string): string {
  return head + reason.replaceAll(/\s+/g, ' ')
}

/** What the last such line of an output says, or `undefined` if it has none. */
export function parseNotRun(output: string): string | undefined {
  return output
    .split(/\r?\n/)
    .findLast((line) => line.startsWith(head))
    ?.slice(head.length)
}
