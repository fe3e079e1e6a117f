import { shortestSecret } from '../record/planted.ts'

/** A secret that a log holds: the line it is in, the secret itself left out. */
export interface Leak {
  readonly line: number
  readonly around: string
}

const mostAround = 80

/**
 * Where any of `secrets` stands in `log`, in one pass over it however many there are. Each must have at least
 * `shortestSecret` characters.
 */
export function findLeaks(log: string, secrets: Iterable<string>): Leak[] {
  const byBeginning = new Map<string, string[]>()
  for (const secret of secrets) {
    const beginning = secret.slice(0, shortestSecret)
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), secret])
  }
  if (byBeginning.size === 0) return []
  return log.split('\n').flatMap((text, index) => {
    for (let at = 0; at + shortestSecret <= text.length; at++) {
      const candidates = byBeginning.get(text.slice(at, at + shortestSecret))
      const found = candidates?.find((secret) => text.startsWith(secret, at))
      if (found === undefined) continue
      const [before, after] = [text.slice(Math.max(0, at - mostAround), at), text.slice(at + found.length)]
      return [{ line: index + 1, around: `${before}<secret>${after.slice(0, mostAround)}` }]
    }
    return []
  })
}

/** What is looked for when `secret` is: itself, and itself as JSON would quote it. Line breaks part it as they part a log. */
export function formsOf(secret: string): string[] {
  const quoted = JSON.stringify(secret).slice(1, -1)
  const forms = [...secret.split(/\r?\n/), quoted]
  return [...new Set(forms.filter((form) => form.length >= shortestSecret))]
}
