/** What only somebody with another's secrets could know: the keys of a simulated person. */
import { accountOf, type Account } from '../../../src/core/identity/account.ts'
import { addressKeyPair, dayOf } from '../../../src/core/identity/addressKeys.ts'
import { decodeIdentityFile, openIdentity, unwrapDataKey } from '../../../src/core/identity/identityFile.ts'
import type { KeyPair } from '../../../src/core/ports/transport.ts'
import type { SimulatedPerson } from './simulatedPerson.ts'

/** The open account of a person, and the address keys it calls with at a time. */
export async function accountOfPerson(
  person: SimulatedPerson,
): Promise<Account & { addressOn(nowMs: number): KeyPair }> {
  const file = decodeIdentityFile((await person.file.read()) ?? new Uint8Array())
  const secret = await person.secrets.get()
  const dataKey = file && secret && unwrapDataKey(secret, file.wrappedBySecret)
  const secrets = file && dataKey && openIdentity(dataKey, file.sealedIdentity)
  if (dataKey === undefined || secrets === undefined) throw new Error('The identity does not open')
  const account = accountOf(secrets, dataKey)
  return { ...account, addressOn: (nowMs) => addressKeyPair(account.addressSecret, dayOf(nowMs)) }
}

/** The key under which a person is found at a time. */
export async function addressOfPerson(person: SimulatedPerson, nowMs: number): Promise<Uint8Array> {
  return (await accountOfPerson(person)).addressOn(nowMs).publicKey
}
