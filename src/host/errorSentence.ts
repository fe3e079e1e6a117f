import type * as vscode from 'vscode'
import { assertNever } from '../shared/assertNever.ts'
import { ChatError, StoreFailure } from '../shared/chatError.ts'
import type { ChatErrorCode } from '../shared/chatError.ts'
import { troubleSentence } from './view/storeWords.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One plain sentence for whatever was thrown. What is no `ChatError` is a bug, and its words are not for users. */
export function errorSentence(error: unknown, l10n: L10n): string {
  if (error instanceof StoreFailure) return troubleSentence(error.trouble, l10n)
  return codeSentence(error instanceof ChatError ? error.code : 'internal', l10n)
}

function codeSentence(code: ChatErrorCode, l10n: L10n): string {
  switch (code) {
    case 'no-identity':
      return l10n.t('Set up Tincan first: there is no identity yet.')
    case 'identity-exists':
      return l10n.t('You have an identity already. It is never replaced.')
    case 'recovery-needed':
      return l10n.t('Your identity is locked. Open the Tincan view and enter your recovery phrase.')
    case 'wrong-phrase':
      return l10n.t('These words are not the recovery phrase of this identity. Check their spelling and order.')
    case 'phrase-unavailable':
      return l10n.t(
        'You confirmed that the recovery phrase is written down, so this device no longer holds it and cannot show it.',
      )
    case 'in-use':
      return l10n.t('Tincan is open in another window and cannot be used here as well. Its view says why.')
    case 'leader-changed':
      return l10n.t('Another window took over Tincan before this was done. Try again.')
    case 'store-damaged':
      return l10n.t('The message store is damaged. It was left untouched.')
    case 'store-newer':
      return l10n.t('The message store was written by a newer Tincan. Update Tincan to open it.')
    case 'store-failed':
      return l10n.t('The disk refused the write. Free some space, or check the permissions of the data folder.')
    case 'unknown-conversation':
      return l10n.t('This conversation is no longer there.')
    case 'file-failed':
      return l10n.t('The file could not be written or read. Check the folder, its permissions and the space left.')
    case 'backup-damaged':
      return l10n.t('This is no whole Tincan backup: it is damaged, cut off, or something else. Nothing was changed.')
    case 'backup-newer':
      return l10n.t('This backup was made by a newer Tincan. Update the extension to restore it.')
    case 'wrong-passphrase':
      return l10n.t('This is not the passphrase of this backup. Nothing was changed.')
    case 'not-confirmed':
      return l10n.t('What you typed is not your name. Nothing was deleted.')
    case 'unknown-message':
      return l10n.t('This message is no longer there.')
    case 'unknown-person':
      return l10n.t('This person is not among your contacts.')
    case 'unknown-invite':
      return l10n.t('This invite is no longer there.')
    case 'message-too-long':
      return l10n.t('This is too long: a message holds at most 16 KiB of text. Nothing was sent.')
    case 'message-erased':
      return l10n.t('This message was deleted.')
    case 'not-author':
      return l10n.t('Only whoever wrote this message can do that.')
    case 'not-editable':
      return l10n.t('This message cannot be edited.')
    case 'not-an-emoji':
      return l10n.t('This is not an emoji.')
    case 'link-garbled':
      return l10n.t('This is not a complete Tincan invite link. Ask for it once more and copy all of it.')
    case 'link-newer':
      return l10n.t('This invite was made by a newer Tincan. Update Tincan to use it.')
    case 'invite-expired':
      return l10n.t('This invite has expired. Ask for a new one.')
    case 'invite-used':
      return l10n.t('This invite was already used by somebody else. Ask for a new one.')
    case 'invite-revoked':
      return l10n.t('This invite was taken back. Ask for a new one.')
    case 'invite-refused':
      return l10n.t('The other side declined this invite.')
    case 'invite-own':
      return l10n.t('This is your own invite. Send it to the person you want to talk to.')
    case 'invite-not-joining':
      return l10n.t('Nobody is waiting for an answer on this invite any more.')
    case 'already-contact':
      return l10n.t('This person is already among your contacts.')
    case 'not-linked':
      return l10n.t('There is no connection to this person now. Try again when they are online.')
    case 'blocked':
      return l10n.t('You have blocked this person. Unblock them first.')
    case 'not-allowed':
      return l10n.t('Your role in this room does not allow that.')
    case 'not-a-member':
      return l10n.t('Only members of this room can do that, and one of you is no longer a member.')
    case 'owner-must-hand-over':
      return l10n.t('You own this room: hand it over to somebody else, or dissolve it, before you leave.')
    case 'room-full':
      return l10n.t('This room is full.')
    case 'room-incomplete':
      return l10n.t(
        'Part of this room was lost on this disk. It comes back as soon as another member is online; nothing can be changed before.',
      )
    case 'room-dissolved':
      return l10n.t('This room was dissolved: nothing can be written any more.')
    case 'unknown-offer':
      return l10n.t('This offer is no longer there.')
    case 'unknown-request':
      return l10n.t('This request is no longer there.')
    case 'file-exists':
      return l10n.t('There is a file of this name already.')
    case 'file-shared-often':
      return l10n.t('This file stands in too many messages already. Save it, and send it anew.')
    case 'file-too-large':
      return l10n.t('The file is too large: at most 63 GiB can be sent.')
    case 'file-changed':
      return l10n.t('The file changed while it was read, so it was not sent. Try again.')
    case 'file-not-here':
      return l10n.t('The file is not here yet.')
    case 'file-abandoned':
      return l10n.t('Sending the file was stopped.')
    case 'unknown-upload':
      return l10n.t('The file was not taken in to its end. Try again.')
    case 'unsupported-platform':
      return l10n.t(
        'Tincan cannot run here: a native part does not load on this system. On Linux it needs glibc 2.33 or later, as in Ubuntu 22.04, Debian 12 or Fedora 34; musl (Alpine) is not supported.',
      )
    case 'disposed':
      return l10n.t('Tincan was shutting down before this was done. Try again in a moment.')
    case 'invalid-params':
    case 'unknown-method':
    case 'internal':
      return l10n.t('Something went wrong inside Tincan. “Tincan: Show Log” has more.')
    default:
      return assertNever(code)
  }
}
