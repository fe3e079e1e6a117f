/** Does the same with each, one after the other, and with the others where it fails with one. Rejects then as the first did. */
export async function eachInTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let failed: Promise<void> | undefined
  for (const item of items) {
    const done = work(item)
    try {
      await done
    } catch {
      failed ??= done
    }
  }
  await failed
}
