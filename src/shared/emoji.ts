/** An emoji as the Unicode standard recommends it for interchange, sequences included. */
const pattern = new RegExp('^\\p{RGI_Emoji}$', 'v')
/** The longest: families and flags of regions. */
const maxUnits = 40

/** Whether a value is exactly one emoji. */
export function isEmoji(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxUnits && pattern.test(value)
}

/** What is put beside a message with one click; all others are chosen from a list. */
export const quickEmoji = ['👍', '❤️', '🎉'] as const
