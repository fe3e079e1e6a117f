const pattern = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u

/** Whether a text is nothing but one to three emoji, which are shown larger. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 60 && pattern.test(text.trim())
}
