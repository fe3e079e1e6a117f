/** An identity as a backup holds it: sealed there, and in clear in memory alone. */
export interface KeptIdentity {
  /** 32 bytes. */
  readonly dataKey: Uint8Array
  /** The data key, wrapped for whoever has the recovery phrase. */
  readonly wrappedByPhrase: Uint8Array
  /** As `encodeIdentitySecrets` writes them. */
  readonly secrets: Uint8Array
}
