const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Whether the string has no lone surrogate, so that UTF-8 can carry it unchanged. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text)
}

/** UTF-8. Lone surrogates become U+FFFD: check `isWellFormed` where that matters. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Writes as much of the text as fits: how many UTF-16 units were `read`, and how many bytes `written`. */
export function encodeUtf8Into(text: string, target: Uint8Array): { read: number; written: number } {
  return encoder.encodeInto(text, target)
}

/** The text, or `undefined` if the bytes are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}
