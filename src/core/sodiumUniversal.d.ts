/** The parts of `sodium-universal` that the core uses; it ships no types. Lengths are libsodium's. */
declare module 'sodium-universal' {
  interface Sodium {
    crypto_generichash(output: Uint8Array, input: Uint8Array, key?: Uint8Array): void
    crypto_generichash_batch(output: Uint8Array, inputs: readonly Uint8Array[], key?: Uint8Array): void
    crypto_hash_sha256(output: Uint8Array, input: Uint8Array): void
    crypto_hash_sha512(output: Uint8Array, input: Uint8Array): void
    crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
    crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void
    crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
    crypto_aead_xchacha20poly1305_ietf_encrypt(
      ciphertext: Uint8Array,
      message: Uint8Array,
      associatedData: Uint8Array | null,
      reserved: null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number
    /** Throws when the tag does not match. */
    crypto_aead_xchacha20poly1305_ietf_decrypt(
      message: Uint8Array,
      reserved: null,
      ciphertext: Uint8Array,
      associatedData: Uint8Array | null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number
    crypto_stream_xchacha20(output: Uint8Array, nonce: Uint8Array, key: Uint8Array): void
    crypto_onetimeauth_init(state: Uint8Array, key: Uint8Array): void
    crypto_onetimeauth_update(state: Uint8Array, input: Uint8Array): void
    crypto_onetimeauth_final(state: Uint8Array, output: Uint8Array): void
    readonly crypto_onetimeauth_STATEBYTES: number
    crypto_box_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
    crypto_box_easy(
      ciphertext: Uint8Array,
      message: Uint8Array,
      nonce: Uint8Array,
      recipient: Uint8Array,
      senderSecretKey: Uint8Array,
    ): void
    /** False when the box is not for this key pair. */
    crypto_box_seal_open(
      message: Uint8Array,
      ciphertext: Uint8Array,
      publicKey: Uint8Array,
      secretKey: Uint8Array,
    ): boolean
    /** Throws for a key that is no point of the curve. */
    crypto_sign_ed25519_pk_to_curve25519(boxKey: Uint8Array, signKey: Uint8Array): void
    crypto_sign_ed25519_sk_to_curve25519(boxSecretKey: Uint8Array, signSecretKey: Uint8Array): void
    /** Argon2id where the algorithm is `crypto_pwhash_ALG_ARGON2ID13`. Throws where there is not enough memory. */
    extension_pbkdf2_sha512(
      output: Uint8Array,
      password: Uint8Array,
      salt: Uint8Array,
      iterations: number,
      outputLength: number,
    ): void
    crypto_pwhash(
      output: Uint8Array,
      password: Uint8Array,
      salt: Uint8Array,
      operations: number,
      memoryBytes: number,
      algorithm: number,
    ): void
    readonly crypto_pwhash_ALG_ARGON2ID13: number
    sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean
    sodium_memzero(bytes: Uint8Array): void
    /** Used by `node` only: the core gets its randomness through a port. */
    randombytes_buf(bytes: Uint8Array): void
  }
  const sodium: Sodium
  export default sodium
}
