/**
 * The recovery phrase: 32 bytes of entropy as 24 English words (BIP39), and the two keys that come from them.
 * https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
 */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { encodeUtf8 } from '../codec/utf8.ts'
import { keyedHash, keyPairFromSeed, pbkdf2 } from '../crypto/primitives.ts'
import type { KeyPair } from '../ports/transport.ts'

const words = 24
const seedRounds = 2048
/** The bytes of entropy behind 24 words. */
export const entropyBytes = 32
/** Much longer than any phrase with its white space. */
const maxPhraseLength = 1024

/** The phrase of 32 bytes of entropy: 24 lower-case words with single spaces. */
export function phraseFromEntropy(entropy: Uint8Array): string {
  if (entropy.length !== entropyBytes) throw new RangeError('A recovery phrase has 32 bytes of entropy')
  return entropyToMnemonic(entropy, wordlist)
}

/**
 * The entropy of a phrase as somebody types it, in any case and with any white space; `undefined` unless it is 24 words
 * of the list with the right checksum.
 */
export function entropyFromPhrase(phrase: string): Uint8Array | undefined {
  if (phrase.length > maxPhraseLength) return undefined
  const typed = phrase.normalize('NFKD').toLowerCase().trim().split(/\s+/)
  if (typed.length !== words) return undefined
  try {
    return mnemonicToEntropy(typed.join(' '), wordlist)
  } catch {
    return undefined
  }
}

/** What the phrase is for. Deriving it is deliberately slow: milliseconds. */
export interface PhraseKeys {
  /** The person's Ed25519 root. */
  readonly root: KeyPair
  /** Wraps the data key, 32 bytes. */
  readonly recovery: Uint8Array
}

/** Both keys of 32 bytes of entropy, for one derivation's time. */
export function phraseKeys(entropy: Uint8Array): PhraseKeys {
  // As BIP39 makes a seed without a passphrase; the library's own way, in JavaScript, would hold up the event loop.
  const seed = pbkdf2(encodeUtf8(phraseFromEntropy(entropy)), encodeUtf8('mnemonic'), seedRounds)
  return {
    root: keyPairFromSeed(keyedHash(seed, 'tincan person root')),
    recovery: keyedHash(seed, 'tincan recovery key'),
  }
}

/** The person's Ed25519 root key pair; the first 32 bytes of its secret key are its seed (RFC 8032). */
export function rootKeyPair(entropy: Uint8Array): KeyPair {
  return phraseKeys(entropy).root
}

/** The key (32 bytes) that wraps the data key for the one who knows the phrase. */
export function recoveryKey(entropy: Uint8Array): Uint8Array {
  return phraseKeys(entropy).recovery
}
