import { chatError } from '../../shared/chatError.ts'
import { Emitter, type Event } from '../../shared/disposable.ts'
import type { Identity, IdentityState, LockedReason } from '../../shared/service.ts'
import { isEqual } from '../codec/bytes.ts'
import { keyBytes, nonceBytes } from '../crypto/primitives.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { IdentityFile, SecretKeeper } from '../ports/secrets.ts'
import { type Account, accountOf } from './account.ts'
import type { DeviceList } from './deviceList.ts'
import { outdate, renew } from './deviceTurnover.ts'
import type { IdentitySecrets, SealedIdentityFile } from './identityFile.ts'
import {
  decodeIdentityFile,
  decodeIdentitySecrets,
  encodeIdentitySecrets,
  encodeIdentityFile,
  openIdentity,
  sealIdentity,
  unwrapDataKey,
  wrapDataKey,
} from './identityFile.ts'
import { nextStep } from './identityStates.ts'
import type { KeptIdentity } from './keptIdentity.ts'
import { newSecrets } from './newSecrets.ts'
import { entropyBytes, entropyFromPhrase, phraseFromEntropy, phraseKeys } from './recoveryPhrase.ts'

export interface IdentityInit {
  readonly file: IdentityFile
  readonly secrets: SecretKeeper
  readonly random: Random
  readonly clock: Clock
}

interface Unlocked {
  readonly file: SealedIdentityFile
  readonly secrets: IdentitySecrets
  readonly account: Account
}

/**
 * Opens, makes and recovers the one identity of this data directory. Only "there is no file" may lead to a new one
 * (invariant 5); everything else that does not open is locked, with its reason, and left as it is.
 */
export class IdentityKeeper {
  readonly #init: IdentityInit
  readonly #onDidChange = new Emitter<IdentityState>()
  #unlocked: Unlocked | undefined
  #locked: { reason: LockedReason; file: SealedIdentityFile | undefined } | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(init: IdentityInit) {
    this.#init = init
  }

  /** Told after the change is on disk. */
  readonly onDidChange: Event<IdentityState> = this.#onDidChange.event

  get state(): IdentityState {
    if (this.#unlocked !== undefined) {
      const { account, secrets } = this.#unlocked
      const { entropy, reunionSince } = secrets
      const ready = { kind: 'ready', identity: account.identity, phrasePending: entropy !== undefined } as const
      return { ...ready, ...(reunionSince !== undefined && { reunionSince }) }
    }
    return this.#locked === undefined ? { kind: 'none' } : { kind: 'locked', reason: this.#locked.reason }
  }

  get account(): Account | undefined {
    return this.#unlocked?.account
  }

  /** Looks at what is there. Rejects with `store-failed` when the file cannot be read. */
  async load(): Promise<void> {
    const bytes = await this.#init.file.read()
    const secret = await this.#init.secrets.get()
    const file = bytes && decodeIdentityFile(bytes)
    const dataKey = file && secret && unwrapDataKey(secret, file.wrappedBySecret)
    const step = nextStep({
      file: bytes === undefined ? 'absent' : file === undefined ? 'damaged' : 'present',
      secret: secret !== undefined,
      unwraps: dataKey !== undefined,
    })
    if (typeof step === 'object') this.#locked = { reason: step.locked, file }
    else if (step === 'open' && file !== undefined && dataKey !== undefined) this.#unlock(file, dataKey)
  }

  /** Makes a new identity where there is none, and returns its recovery phrase. */
  async create(name: string): Promise<{ identity: Identity; phrase: string }> {
    const { random, clock, secrets, file } = this.#init
    return this.#exclusively(async () => {
      if (this.state.kind !== 'none' || (await file.read()) !== undefined) throw chatError('identity-exists')
      const entropy = random.bytes(entropyBytes)
      const { root, recovery } = phraseKeys(entropy)
      const identity = newSecrets({ name, root, random, now: clock.now(), version: 1 })
      await this.#make({ ...identity, entropy }, recovery, secrets)
      return { identity: this.#require().account.identity, phrase: phraseFromEntropy(entropy) }
    })
  }

  /**
   * Makes an identity again where there is nothing but its phrase: the same person with a new device, which waits for
   * its contacts. The list of devices that it signs replaces those that are lost.
   */
  async restore(phrase: string, name: string): Promise<Identity> {
    const { random, clock, secrets, file } = this.#init
    return this.#exclusively(async () => {
      if (this.state.kind !== 'none' || (await file.read()) !== undefined) throw chatError('identity-exists')
      const entropy = entropyFromPhrase(phrase)
      if (entropy === undefined) throw chatError('wrong-phrase')
      const { root, recovery } = phraseKeys(entropy)
      const now = Math.max(0, clock.now())
      // Of all versions that were ever signed this is the newest, unless a clock is wrong: then contacts say so.
      const identity = newSecrets({ name, root, random, now, version: Math.max(1, Math.floor(now / 1000)) })
      await this.#make({ ...identity, reunionSince: now }, recovery, secrets)
      return this.#require().account.identity
    })
  }

  /**
   * Takes note of a list of this person's devices that a contact still has: its devices are former ones, and the own
   * list becomes newer than it.
   */
  async outdate(known: DeviceList): Promise<void> {
    await this.#exclusively(async () => {
      const { secrets, file, account } = this.#require()
      const next = outdate(secrets, account.root, known)
      if (next !== undefined) await this.#write(next, account.dataKey, file)
    })
  }

  /** Opens a locked identity with its phrase and gives it a new wrapping key. */
  async recover(phrase: string): Promise<Identity> {
    return this.#exclusively(async () => {
      if (this.state.kind === 'none') throw chatError('no-identity')
      if (this.#locked === undefined) return this.#require().account.identity
      const { file } = this.#locked
      if (file === undefined) throw chatError('recovery-needed', 'the identity file itself is damaged')
      const entropy = entropyFromPhrase(phrase)
      const dataKey = entropy && unwrapDataKey(phraseKeys(entropy).recovery, file.wrappedByPhrase)
      const identity = dataKey && openIdentity(dataKey, file.sealedIdentity)
      if (dataKey === undefined || identity === undefined) throw chatError('wrong-phrase')
      const { random, secrets } = this.#init
      const wrappingKey = (await secrets.get()) ?? random.bytes(keyBytes)
      await secrets.set(wrappingKey)
      const wrappedBySecret = wrapDataKey(wrappingKey, dataKey, random.bytes(nonceBytes))
      await this.#write(identity, dataKey, { ...file, wrappedBySecret })
      return this.#require().account.identity
    })
  }

  /** The recovery phrase, as long as it is not confirmed; `phrase-unavailable` afterwards. */
  phrase(): string {
    const { entropy } = this.#require().secrets
    if (entropy === undefined) throw chatError('phrase-unavailable')
    return phraseFromEntropy(entropy)
  }

  /** The user has the phrase on paper: it is erased here. A `phrase` that was typed in must be the right one. */
  async confirmPhrase(phrase: string | undefined): Promise<void> {
    await this.#exclusively(async () => {
      const { secrets, file, account } = this.#require()
      if (phrase !== undefined) {
        const entropy = entropyFromPhrase(phrase)
        const key = entropy && phraseKeys(entropy).root.publicKey
        if (key === undefined || !isEqual(key, account.root.publicKey)) throw chatError('wrong-phrase')
      }
      if (secrets.entropy === undefined) return
      const { entropy: _erased, ...rest } = secrets
      await this.#write(rest, account.dataKey, file)
    })
  }

  /** Takes another name, or another secret for its addresses. */
  async change(changes: Partial<Pick<IdentitySecrets, 'name' | 'addressSecret'>>): Promise<void> {
    await this.#exclusively(async () => {
      const { secrets, file, account } = this.#require()
      await this.#write({ ...secrets, ...changes }, account.dataKey, file)
    })
  }

  /** Notes how often the store was opened and closed. Listeners are not told: they are shown nothing of it. */
  async noteGeneration(generation: number): Promise<void> {
    await this.#exclusively(async () => {
      const { secrets, file, account } = this.#require()
      await this.#save({ ...secrets, generation }, account.dataKey, file)
    })
  }

  /**
   * Takes a fresh device key in the place of the present one, so that what this device writes from now on can
   * contradict nothing that it wrote before and does not remember. The signed list that says so is newer than the one
   * there is and than `newerThan`. `reunionSince`: from now on contacts are waited for who are not known here.
   */
  async renewDevice(newerThan: number, reunionSince?: number): Promise<void> {
    const { random, clock } = this.#init
    await this.#exclusively(async () => {
      const { secrets, file, account } = this.#require()
      const next = renew(secrets, account.root, random.bytes(keyBytes), Math.max(0, clock.now()), newerThan)
      await this.#write({ ...next, ...(reunionSince !== undefined && { reunionSince }) }, account.dataKey, file)
    })
  }

  /** Throws `identity-exists` unless there is no identity at all. */
  async requireNone(): Promise<void> {
    if (this.state.kind !== 'none' || (await this.#init.file.read()) !== undefined) throw chatError('identity-exists')
  }

  /** What a backup holds of the identity, and what its key can be derived from. All of it is secret. */
  sealedForBackup(): KeptIdentity & { readonly rootSeed: Uint8Array } {
    const { file, secrets, account } = this.#require()
    return {
      dataKey: account.dataKey,
      wrappedByPhrase: file.wrappedByPhrase,
      secrets: encodeIdentitySecrets(secrets),
      rootSeed: secrets.rootSeed,
    }
  }

  /** Makes the identity of a backup this device's, where there is none. Throws `backup-damaged` where it is none. */
  async adopt(kept: KeptIdentity): Promise<Identity> {
    const { random, secrets } = this.#init
    return this.#exclusively(async () => {
      await this.requireNone()
      const identity = decodeIdentitySecrets(kept.secrets)
      if (identity === undefined) throw chatError('backup-damaged')
      const wrappingKey = (await secrets.get()) ?? random.bytes(keyBytes)
      await secrets.set(wrappingKey)
      const wrappedBySecret = wrapDataKey(wrappingKey, kept.dataKey, random.bytes(nonceBytes))
      await this.#write(identity, kept.dataKey, { version: 1, wrappedBySecret, wrappedByPhrase: kept.wrappedByPhrase })
      return this.#require().account.identity
    })
  }

  /** Deletes the identity for good: the file with both wrappings of the data key, and the key in the secret storage. */
  async erase(): Promise<void> {
    const { file, secrets } = this.#init
    await this.#exclusively(async () => {
      await file.remove()
      await secrets.forget()
      this.#unlocked = undefined
      this.#locked = undefined
    })
    this.#onDidChange.fire(this.state)
  }

  /** Seals a new identity under a new data key, and that under both of its keys. */
  async #make(identity: IdentitySecrets, recovery: Uint8Array, secrets: SecretKeeper): Promise<void> {
    const { random } = this.#init
    const dataKey = random.bytes(keyBytes)
    const wrappingKey = (await secrets.get()) ?? random.bytes(keyBytes)
    // The secret is kept before the file exists: a crash in between leaves "no file", and so nothing lost.
    await secrets.set(wrappingKey)
    await this.#write(identity, dataKey, {
      version: 1,
      wrappedBySecret: wrapDataKey(wrappingKey, dataKey, random.bytes(nonceBytes)),
      wrappedByPhrase: wrapDataKey(recovery, dataKey, random.bytes(nonceBytes)),
    })
  }

  async #write(
    secrets: IdentitySecrets,
    dataKey: Uint8Array,
    wrapped: Omit<SealedIdentityFile, 'sealedIdentity'>,
  ): Promise<void> {
    await this.#save(secrets, dataKey, wrapped)
    this.#onDidChange.fire(this.state)
  }

  async #save(
    secrets: IdentitySecrets,
    dataKey: Uint8Array,
    wrapped: Omit<SealedIdentityFile, 'sealedIdentity'>,
  ): Promise<void> {
    const sealedIdentity = sealIdentity(dataKey, secrets, this.#init.random.bytes(nonceBytes))
    const { version, wrappedBySecret, wrappedByPhrase } = wrapped
    const file = { version, wrappedBySecret, wrappedByPhrase, sealedIdentity }
    await this.#init.file.write(encodeIdentityFile(file))
    this.#unlocked = { file, secrets, account: accountOf(secrets, dataKey) }
    this.#locked = undefined
  }

  #unlock(file: SealedIdentityFile, dataKey: Uint8Array): void {
    const secrets = openIdentity(dataKey, file.sealedIdentity)
    if (secrets === undefined) this.#locked = { reason: 'damaged', file }
    else this.#unlocked = { file, secrets, account: accountOf(secrets, dataKey) }
  }

  #require(): Unlocked {
    if (this.#unlocked === undefined) throw chatError(this.#locked === undefined ? 'no-identity' : 'recovery-needed')
    return this.#unlocked
  }

  /** One change after the other: two of them must not write over each other's file. */
  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work)
    this.#last = result.catch(() => undefined)
    return result
  }
}
