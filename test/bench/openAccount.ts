import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { accountOf, type Account } from '../../src/core/identity/account.ts'
import { decodeIdentityFile, openIdentity, unwrapDataKey } from '../../src/core/identity/identityFile.ts'
import type { ChatHome } from './chatParticipant.ts'

/** The account of a home whose process is not running. */
export async function openAccount({ data, key }: ChatHome): Promise<Account> {
  const file = decodeIdentityFile(await readFile(join(data, 'identity')))
  const dataKey = file && unwrapDataKey(key, file.wrappedBySecret)
  const secrets = file && dataKey && openIdentity(dataKey, file.sealedIdentity)
  if (dataKey === undefined || secrets === undefined) throw new Error('No identity in this home')
  return accountOf(secrets, dataKey)
}
