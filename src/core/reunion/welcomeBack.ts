import { toHex } from '../codec/bytes.ts'
import type { Acquaintances } from '../contact/acquaintances.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { ConversationRecords } from '../conversation/conversationRecords.ts'
import type { PersonId } from '../../shared/ids.ts'
import { hashBytes } from '../crypto/primitives.ts'
import type { Account } from '../identity/account.ts'
import type { IdentityKeeper } from '../identity/identityKeeper.ts'
import type { Hello } from '../link/hello.ts'
import type { Committer } from '../store/committer.ts'
import type { decodeReunion } from './reunionMessage.ts'

export interface WelcomeBackInit {
  readonly keeper: IdentityKeeper
  readonly acquaintances: Acquaintances
  readonly records: ConversationRecords
  readonly committer: Committer
  readonly account: () => Account
}

/**
 * Keeps a contact who was one before everything was lost here: as after an invite, but with all keys of the
 * conversation, and with the logs of this person's lost devices, whose events come back like any others.
 */
export async function welcomeBack(
  { keeper, acquaintances, records, committer, account }: WelcomeBackInit,
  hello: Hello,
  reunion: NonNullable<ReturnType<typeof decodeReunion>>,
): Promise<Conversation> {
  await keeper.outdate(reunion.deviceList)
  const { person } = hello.deviceList
  const introduction = {
    person,
    personId: toHex(person) as PersonId,
    name: reunion.name,
    deviceList: hello.deviceListBytes,
    device: hello.device,
    addressSecret: reunion.addressSecret,
    now: hello.now,
  }
  const conversation = await acquaintances.accept(
    introduction,
    () => reunion.secrets,
    () => undefined,
  )
  await committer.run(() => {
    for (const key of reunion.epochKeys) {
      records.putEpoch(conversation.record.id, key)
      conversation.epochs.add(key)
    }
    const { formerDevices, root } = account()
    for (const key of formerDevices) conversation.addLog(key, root.publicKey)
    const isBehind = (conversation.record.readUpTo?.clock ?? 0) < reunion.knownUpTo
    // What the lost device had is nothing new.
    if (isBehind)
      conversation.rekey({ readUpTo: { clock: reunion.knownUpTo, id: new Uint8Array(hashBytes).fill(0xff) } })
  })
  return conversation
}
