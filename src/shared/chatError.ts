import type { StoreTrouble } from './store.ts'

/**
 * What a caller can tell apart when a request cannot be done. Every code is made by the factory below, with one plain
 * English sentence; user interfaces translate by code.
 */
export type ChatErrorCode =
  | 'invalid-params' // a parameter is missing, of the wrong type or over its bound
  | 'unknown-method'
  | 'no-identity' // nothing can be done before an identity exists
  | 'identity-exists'
  | 'recovery-needed' // the identity is there but its secret is missing, wrong or damaged
  | 'wrong-phrase'
  | 'phrase-unavailable' // already confirmed, and therefore erased
  | 'in-use' // another process holds this data directory
  | 'leader-changed' // the process that held it went away or was replaced before the request was done
  | 'store-damaged'
  | 'store-newer' // written by a newer Tincan
  | 'store-failed' // the disk refused: full, read-only, gone
  | 'unknown-conversation'
  | 'unknown-message'
  | 'unknown-person'
  | 'unknown-invite'
  | 'message-too-long'
  | 'message-erased' // it was taken back, or cannot be read here
  | 'not-author' // only whoever wrote it can do that
  | 'not-editable' // it is no text, or was changed too often
  | 'not-an-emoji'
  | 'link-garbled'
  | 'link-newer' // made by a newer Tincan
  | 'invite-expired'
  | 'invite-used'
  | 'invite-revoked'
  | 'invite-refused'
  | 'invite-own' // one's own invite
  | 'invite-not-joining' // nobody waits for confirmation
  | 'already-contact'
  | 'not-linked' // it needs a connection to this person, and there is none now
  | 'blocked' // the user has blocked this person
  | 'not-allowed' // the own role in this room does not allow it
  | 'not-a-member' // oneself, or the person asked for, is not in this room (any more)
  | 'owner-must-hand-over'
  | 'room-full'
  | 'room-dissolved'
  | 'room-incomplete' // part of it was lost here, and no other member has given it back yet
  | 'unknown-offer'
  | 'unknown-request'
  | 'file-failed' // a file that the user named cannot be written or read
  | 'file-exists' // something of that name is there, and was not to be replaced
  | 'file-too-large'
  | 'file-shared-often'
  | 'file-changed' // it is not as long as it was when its sending began
  | 'file-not-here' // not all of it has come
  | 'file-abandoned' // its sending was stopped
  | 'unknown-upload'
  | 'backup-damaged' // or no backup at all
  | 'backup-newer' // made by a newer Tincan
  | 'wrong-passphrase'
  | 'not-confirmed'
  | 'unsupported-platform' // a native part cannot be loaded on this machine
  | 'disposed'
  | 'internal'

/** A refusal that a caller is expected to handle. Bugs throw plain errors instead. */
export class ChatError extends Error {
  override readonly name = 'ChatError'
  readonly code: ChatErrorCode
  constructor(code: ChatErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** The disk refused: `store-failed`, and why. */
export class StoreFailure extends ChatError {
  readonly trouble: StoreTrouble

  constructor(trouble: StoreTrouble, message: string) {
    super('store-failed', message)
    this.trouble = trouble
  }
}

const sentences: Readonly<Record<ChatErrorCode, string>> = {
  'invalid-params': 'The request has a missing or invalid parameter.',
  'unknown-method': 'Tincan knows no such request.',
  'no-identity': 'Set up Tincan first: there is no identity yet.',
  'identity-exists': 'An identity exists already. It is never replaced.',
  'recovery-needed': 'The identity is locked: its secret is missing, wrong or damaged. Enter the recovery phrase.',
  'wrong-phrase': 'These words are not the recovery phrase of this identity.',
  'phrase-unavailable': 'The recovery phrase was confirmed, and so this device no longer holds it.',
  'in-use': 'Tincan is open in another window or process that uses the same data.',
  'leader-changed': 'Another window took over before this was done. Try again.',
  'store-damaged': 'The message store is damaged. It was left untouched.',
  'store-newer': 'The message store was written by a newer Tincan. Update Tincan to open it.',
  'store-failed': 'The disk refused the write, so nothing was sent. Free some space or check its permissions.',
  'unknown-conversation': 'There is no such conversation.',
  'unknown-message': 'There is no such message in this conversation.',
  'unknown-person': 'There is no such contact.',
  'unknown-invite': 'There is no such invite.',
  'message-too-long': 'The message is too long: at most 16 KiB of text.',
  'message-erased': 'This message was deleted.',
  'not-author': 'Only whoever wrote this message can do that.',
  'not-editable': 'This message cannot be edited.',
  'not-an-emoji': 'This is not an emoji.',
  'link-garbled': 'This is not a complete Tincan invite link. Ask for it once more and copy all of it.',
  'link-newer': 'This invite was made by a newer Tincan. Update Tincan to use it.',
  'invite-expired': 'This invite has expired. Ask for a new one.',
  'invite-used': 'This invite was already used by somebody else. Ask for a new one.',
  'invite-revoked': 'This invite was taken back. Ask for a new one.',
  'invite-refused': 'The other side declined.',
  'invite-own': 'This is your own invite. Send it to the person you want to talk to.',
  'invite-not-joining': 'Nobody is waiting for an answer on this invite.',
  'already-contact': 'This person is already among your contacts.',
  'not-linked': 'There is no connection to this person now. Try again when they are online.',
  blocked: 'You have blocked this person.',
  'not-allowed': 'Your role in this room does not allow that.',
  'not-a-member': 'Only members of this room can do that.',
  'owner-must-hand-over': 'You own this room: hand it over to somebody else, or dissolve it, before you leave.',
  'room-full': 'This room is full.',
  'room-dissolved': 'This room was dissolved: nothing can be written any more.',
  'room-incomplete':
    'Part of this room was lost on this disk. It comes back from another member; nothing can be changed before.',
  'unknown-offer': 'There is no such offer any more.',
  'unknown-request': 'There is no such request any more.',
  'file-failed': 'The file could not be written or read.',
  'file-exists': 'There is a file of this name already.',
  'file-too-large': 'The file is too large: at most 63 GiB.',
  'file-shared-often': 'The file stands in too many messages already. Save it and send it anew.',
  'file-changed': 'The file changed while it was read, so nothing was sent. Try again.',
  'file-not-here': 'The file is not here yet.',
  'file-abandoned': 'Sending the file was stopped.',
  'unknown-upload': 'There is no such upload any more.',
  'backup-damaged': 'This is no whole Tincan backup: it is damaged, cut off, or something else.',
  'backup-newer': 'This backup was made by a newer Tincan. Update Tincan to restore it.',
  'wrong-passphrase': 'This is not the passphrase of this backup.',
  'not-confirmed': 'What was typed is not your name, so nothing was deleted.',
  'unsupported-platform': 'Tincan cannot run here: a native part does not load on this system.',
  disposed: 'Tincan was shut down before the request was done.',
  internal: 'Something went wrong inside Tincan. Its log has more.',
}

/** Makes a `ChatError`. `detail` says what exactly; it must hold no key, no message text and no invite link. */
export function chatError(code: ChatErrorCode, detail?: string): ChatError {
  return new ChatError(code, detail === undefined ? sentences[code] : `${sentences[code]} (${detail})`)
}

/** Makes a `store-failed`. `detail` as for `chatError`. */
export function storeFailure(trouble: StoreTrouble, detail: string): StoreFailure {
  return new StoreFailure(trouble, `${sentences['store-failed']} (${detail})`)
}

/** The value as a code, or `undefined` if there is none of this name: another build may know more. */
export function parseChatErrorCode(value: unknown): ChatErrorCode | undefined {
  return typeof value === 'string' && Object.hasOwn(sentences, value) ? (value as ChatErrorCode) : undefined
}
