/** Randomness, as the core sees it. */
export interface Random {
  /** `length` fresh bytes, fit for keys. The caller owns them. */
  bytes(length: number): Uint8Array
}
