import { parseConversationId } from '../../shared/ids.ts'
import type { ConversationId } from '../../shared/ids.ts'

/** What a webview keeps of an unsent text over a reload. */
export interface SavedDraft {
  readonly conversation: ConversationId
  readonly text: string
  /** The host had it when this was saved, and may know a later one. */
  readonly isPosted: boolean
}

/** A saved draft read back, or `undefined` if it is anything else. */
export function parseSavedDraft(value: unknown): SavedDraft | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { conversation, text, isPosted } = value as Record<string, unknown>
  const id = parseConversationId(conversation)
  if (id === undefined || typeof text !== 'string' || typeof isPosted !== 'boolean') return undefined
  return { conversation: id, text, isPosted }
}

/** The text to start with: the host's, unless a reload came before the host had the last one. */
export function initialDraft(conversation: ConversationId, fromHost: string, saved: SavedDraft | undefined): string {
  return saved?.conversation === conversation && !saved.isPosted ? saved.text : fromHost
}
