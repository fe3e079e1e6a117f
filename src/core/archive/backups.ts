import { chatError } from '../../shared/chatError.ts'
import type { ArchiveRequests } from '../../shared/archive.ts'
import type { Identity } from '../../shared/service.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import { entropyFromPhrase, phraseKeys } from '../identity/recoveryPhrase.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Store, StoreKeeper } from '../ports/store.ts'
import type { UserFile, UserFiles } from '../ports/userFiles.ts'
import { salvage } from '../service/salvage.ts'
import { StoreMarks } from '../service/storeMarks.ts'
import { Vault } from '../store/vault.ts'
import type { BackupHeader } from './backupHeader.ts'
import { checkOf, saltBytes } from './backupHeader.ts'
import { keyFromPassphrase, keyFromRoot, passphraseWork } from './backupKeys.ts'
import { OpenBackup, readBackupHeader } from './backupReader.ts'
import { writeBackup } from './backupWriter.ts'

export interface BackupsInit {
  readonly files: UserFiles
  readonly stores: StoreKeeper
  readonly keeper: IdentityKeeper
  readonly clock: Clock
  readonly random: Random
}

/** Seals everything into a file, and brings everything back from one. */
export class Backups {
  readonly #init: BackupsInit

  constructor(init: BackupsInit) {
    this.#init = init
  }

  /** Rejects with `file-failed`; then no file was made. */
  async create(
    store: Store,
    { path, passphrase }: ArchiveRequests['backup/create']['params'],
  ): Promise<{ messages: number }> {
    const { files, keeper, clock, random } = this.#init
    const { dataKey, wrappedByPhrase, secrets, rootSeed } = keeper.sealedForBackup()
    const salt = random.bytes(saltBytes)
    const work = passphrase === undefined ? { operations: 0, memoryBytes: 0 } : passphraseWork
    const key =
      passphrase === undefined ? keyFromRoot(rootSeed, salt) : keyFromPassphrase(passphrase, { salt, ...work })
    if (key === undefined) throw chatError('internal', 'there is not enough memory for a passphrase')
    const opensWith = passphrase === undefined ? ('phrase' as const) : ('passphrase' as const)
    const header = { opensWith, madeAt: Math.max(0, clock.now()), salt, ...work, check: checkOf(key) }
    const source = { store, vault: new Vault(dataKey, random), clock, random }
    let messages = 0
    const identity = { kind: 'identity', dataKey, wrappedByPhrase, secrets } as const
    await files.write(
      path,
      writeBackup(source, header, key, identity, () => {
        messages++
      }),
    )
    return { messages }
  }

  /** What can be known of a backup without opening it. Throws `file-failed`, `backup-damaged` or `backup-newer`. */
  inspect(path: string): ArchiveRequests['backup/inspect']['result'] {
    return this.#with(path, (file) => {
      const { opensWith, madeAt } = readBackupHeader(file)
      return { opensWith, madeAt }
    })
  }

  /**
   * Makes the identity of a backup this device's, with all that it holds. Nothing changes before all of the backup has
   * proved to be as it was written. What stood in the store's place is set aside.
   */
  async restore({ path, phrase, passphrase }: ArchiveRequests['backup/restore']['params']): Promise<Identity> {
    const { stores, keeper, clock, random } = this.#init
    await keeper.requireNone()
    const { identity } = this.#with(path, (file) => {
      const backup = openWith(file, readBackupHeader(file), phrase, passphrase)
      const vault = new Vault(backup.identity.dataKey, random)
      stores.rebuild(Math.max(0, clock.now()), (store) => {
        store.transaction(() => {
          salvage(store, backup, vault)
          // Without marks the opening that follows knows that this store is an older copy, and takes a fresh device key.
          new StoreMarks(store, vault).forget()
        })
      })
      return backup
    })
    return keeper.adopt(identity)
  }

  #with<T>(path: string, work: (file: UserFile) => T): T {
    const file = this.#init.files.open(path)
    try {
      return work(file)
    } finally {
      file.close()
    }
  }
}

function openWith(
  file: UserFile,
  header: BackupHeader,
  phrase: string | undefined,
  passphrase: string | undefined,
): OpenBackup {
  if (header.opensWith === 'passphrase') {
    const key = passphrase === undefined ? undefined : keyFromPassphrase(passphrase, header)
    return new OpenBackup(file, header, key, 'wrong-passphrase')
  }
  const entropy = phrase === undefined ? undefined : entropyFromPhrase(phrase)
  // The first half of an Ed25519 secret key is its seed (RFC 8032).
  const key = entropy && keyFromRoot(phraseKeys(entropy).root.secretKey.subarray(0, 32), header.salt)
  return new OpenBackup(file, header, key, 'wrong-phrase')
}
