/**
 * Asks `question` again and again until it gives a value. Throws after `timeoutMs`, with the last error of the
 * question if there was one. For things outside this process that offer nothing to wait on.
 */
export async function probe<T>(
  what: string,
  timeoutMs: number,
  question: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  let failure: unknown
  for (;;) {
    try {
      const answer = await question()
      if (answer !== undefined) return answer
      failure = undefined
    } catch (error) {
      failure = error
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`, { cause: failure })
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Asks again while the answer `isWanting`, for `timeoutMs` at most, and gives the last answer, whatever it is. */
export async function probeWhile<T>(
  timeoutMs: number,
  question: () => Promise<T>,
  isWanting: (answer: T) => boolean,
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const answer = await question()
    if (!isWanting(answer) || performance.now() > deadline) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
