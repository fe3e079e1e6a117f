/** The most characters of a link that can be followed. */
export const maxLinkLength = 2048

/**
 * The link if a person may follow it: `http`, `https` or `mailto`, at most `maxLinkLength` characters, without white
 * space and control characters (with which a scheme could be hidden from this check). `undefined` otherwise: `vscode:`
 * and `command:` in particular would act inside the editor.
 */
export function parseSafeLink(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > maxLinkLength) return undefined
  if (/[\s\p{Cc}\p{Surrogate}]/u.test(value)) return undefined
  return /^(?:https?:\/\/[^/?#]|mailto:[^?#])/i.test(value) ? value : undefined
}
