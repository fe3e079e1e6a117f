import { isEqual } from '../codec/bytes.ts'
import type { ContactRecord } from '../contact/contactRecord.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Account } from '../identity/account.ts'
import type { Reunion } from './reunionMessage.ts'
import { maxEpochKeys } from './reunionMessage.ts'

/** What to give to a contact who came back; `undefined` where there is no key to go on with. */
export function reunionOf(
  conversation: Conversation,
  contact: ContactRecord,
  account: Account,
  token: Uint8Array,
): Reunion | undefined {
  const { syncSecret, epoch } = conversation.record
  const epochKey = conversation.epochs.get(epoch)
  if (epochKey === undefined) return undefined
  return {
    token,
    name: account.identity.name,
    addressSecret: account.addressSecret,
    deviceListBytes: contact.deviceList,
    secrets: { syncSecret, epochKey },
    epochKeys: conversation.epochs.all.slice(-maxEpochKeys),
    knownUpTo: knownUpTo(conversation, contact),
  }
}

/** The clock of the newest message that the contact had: of those it wrote, and of ours that it said it had. */
function knownUpTo(conversation: Conversation, contact: ContactRecord): number {
  let newest = 0
  for (const log of conversation.logs) {
    if (isEqual(log.person, contact.person)) newest = Math.max(newest, log.head.clock)
    if (!conversation.isOwn(log)) continue
    const seq = log.delivery.confirmedUpTo
    const event = seq === 0 ? undefined : conversation.readRun(log, seq, seq)?.events[0]
    newest = Math.max(newest, event?.clock ?? 0)
  }
  return newest
}
