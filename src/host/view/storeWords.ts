import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { StoreRepair, StoreState, StoreTrouble } from '../../shared/store.ts'
import type { StoreNotice } from '../../shared/webviewProtocol.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** Why nothing can be kept now, and what helps. */
export function troubleSentence(trouble: StoreTrouble, l10n: L10n): string {
  switch (trouble) {
    case 'full':
      return l10n.t('The disk is full, so nothing can be sent. Free some space: Tincan goes on by itself.')
    case 'read-only':
      return l10n.t(
        'Tincan may not write to its data folder, so nothing can be sent. Check its permissions: Tincan goes on by itself.',
      )
    case 'gone':
      return l10n.t(
        'Tincan’s data folder was moved or deleted, so nothing can be sent. Put it back: Tincan goes on by itself.',
      )
    case 'failing':
      return l10n.t('The disk reports an error, so nothing can be sent. Tincan tries again every few seconds.')
    default:
      return assertNever(trouble)
  }
}

/** What was wrong with the store, what became of it, and what helps where a room is lost. */
export function repairSentence(repair: StoreRepair, l10n: L10n): string {
  const { lostRooms = 0 } = repair
  const said = causeSentence(repair, l10n)
  return lostRooms === 0 ? said : `${said} ${lostRoomsSentence(lostRooms, l10n)}`
}

function lostRoomsSentence(lostRooms: number, l10n: L10n): string {
  return lostRooms === 1
    ? l10n.t(
        'One of your rooms lost what it needs to open. It comes back from a contact who is in it; where there is none, ask a member to remove you and to invite you again.',
      )
    : l10n.t(
        '{0} of your rooms lost what they need to open. They come back from contacts who are in them; where there is none, ask a member to remove you and to invite you again.',
        lostRooms,
      )
}

function causeSentence({ cause, setAside }: StoreRepair, l10n: L10n): string {
  switch (cause) {
    case 'damaged':
      return l10n.t(
        'The message store was damaged. What could be read was saved, the rest comes back from your contacts as they are online. The damaged file is kept as “{0}”.',
        setAside ?? '',
      )
    case 'foreign':
      return l10n.t(
        'The message store belonged to somebody else. It is kept as “{0}”; yours comes back from your contacts as they are online.',
        setAside ?? '',
      )
    case 'older':
      return l10n.t(
        'An older copy of the message store was put back. What is missing comes back from your contacts as they are online, and they see that your keys changed.',
      )
    case 'missing':
      return l10n.t(
        'The message store was missing. Your contacts and messages come back from them as they are online, and they see that your keys changed.',
      )
    default:
      return assertNever(cause)
  }
}

/** What a view says of the store. */
export function storeNotice({ trouble, repair }: StoreState, l10n: L10n): StoreNotice {
  return {
    ...(trouble && { trouble: troubleSentence(trouble, l10n) }),
    ...(repair && { repair: repairSentence(repair, l10n) }),
  }
}
