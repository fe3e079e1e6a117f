import type { DeviceId, PersonId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import type { Contacts } from '../contact/contacts.ts'
import type { Conversations } from '../conversation/conversations.ts'
import { parseDeviceList } from '../identity/deviceList.ts'
import type { Store } from '../ports/store.ts'

/** Each device that a contact has or had has a log: one that was lost with a damaged store begins anew. */
export function addMissingLogs(contacts: Contacts, conversations: Conversations, store: Store): void {
  const missing = [...contacts.all].flatMap(({ person, deviceList }) => {
    const conversation = conversations.with(toHex(person) as PersonId)
    const list = parseDeviceList(deviceList)
    const keys = [...(list?.devices.map(({ key }) => key) ?? []), ...(list?.former ?? [])]
    return keys.flatMap((key) =>
      conversation === undefined || conversation.log(toHex(key) as DeviceId) !== undefined
        ? []
        : [{ conversation, key, person }],
    )
  })
  if (missing.length > 0)
    store.transaction(() => {
      for (const { conversation, key, person } of missing) conversation.addLog(key, person)
    })
}
