/** The words of a recovery phrase as somebody types or pastes it: in any case, with numbers, commas or line breaks between. */
export function phraseWords(typed: string): readonly string[] {
  return typed.toLowerCase().match(/\p{L}+/gu) ?? []
}
