/** Characters that change the direction of what follows them, in or out of sight. */
const controls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]|[\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * A name or another foreign text, fit to stand inside a sentence: without direction controls, and isolated where it is
 * written from right to left, so that it cannot reorder the words around it.
 */
export function isolate(text: string): string {
  const bare = text.replace(controls, '')
  return rightToLeft.test(bare) ? `\u2068${bare}\u2069` : bare
}
