/**
 * Where the core says what happened, for a developer. Callers never pass keys, names, message text or invite links;
 * ids of contacts and conversations only as their first 8 hex digits.
 */
export interface Log {
  debug(message: string): void
  info(message: string): void
  warn(message: string): void
  error(message: string, cause?: unknown): void
}
