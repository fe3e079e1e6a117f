import type { PendingSend } from '../state/pendingSends.ts'

/** What would be lost with the page: texts that could not be sent, then what is being written. Lone surrogates cannot travel. */
export function unsentText(pending: readonly PendingSend[], text: string): string {
  const failed = pending.filter(({ sentence }) => sentence !== undefined).map((send) => send.text)
  return [...failed, text]
    .filter((part) => part !== '')
    .join('\n\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}

/** How many of them could not be sent. */
export function failedCount(pending: readonly PendingSend[]): number {
  return pending.filter(({ sentence }) => sentence !== undefined).length
}

/** The page may be about to go: what is unsent is handed over at once. */
export const leaving: readonly (readonly [EventTarget, string])[] =
  typeof document === 'undefined'
    ? []
    : [
        [document, 'visibilitychange'],
        [window, 'pagehide'],
        [window, 'blur'],
      ]
