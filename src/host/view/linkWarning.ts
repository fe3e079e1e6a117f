import { parseSafeLink } from '../../shared/parseSafeLink.ts'

/** A link as somebody should see it before following it. */
export interface ShownLink {
  /** The whole address, normalised: exactly what will be opened. */
  readonly url: string
  /** The host's real spelling where it holds letters of other scripts, which may imitate a known name. */
  readonly punycode?: string
  /** The part before an `@`, as in `https://bank.example@evil.example`, which many take for the host. */
  readonly hasUserInfo: boolean
  /** Not encrypted on its way. */
  readonly isPlain: boolean
}

/** Reads a link out of received text. `undefined`: it is no http, https or mailto address, and is never opened. */
export function parseShownLink(text: string): ShownLink | undefined {
  const safe = parseSafeLink(text)
  const parsed = safe === undefined ? null : URL.parse(safe)
  if (parsed === null) return undefined
  const isPunycode = parsed.hostname.split('.').some((label) => label.startsWith('xn--'))
  return {
    url: parsed.href,
    ...(isPunycode ? { punycode: parsed.hostname } : {}),
    hasUserInfo: parsed.username !== '' || parsed.password !== '',
    isPlain: parsed.protocol === 'http:',
  }
}
