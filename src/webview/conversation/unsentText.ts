import type { PendingSend } from '../state/conversationState.ts'

/** What would be lost with the page: texts that could not be sent, then what is being written. Lone surrogates cannot travel. */
export function unsentText(pending: readonly PendingSend[], text: string): string {
  const failed = pending.filter(({ sentence }) => sentence !== undefined).map((send) => send.text)
  return [...failed, text]
    .filter((part) => part !== '')
    .join('\n\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}
