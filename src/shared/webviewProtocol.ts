/**
 * Everything that the host and a conversation webview say to each other. Each side parses what it gets with the
 * functions of `parseWebviewMessage.ts`; the webview sees no more than what is here.
 */
import type { FileToHost, FileToWebview } from './fileProtocol.ts'
import type { MessageToHost, MessageToWebview, ThreadToHost } from './messageProtocol.ts'
import type { CodePlace } from './codePlace.ts'
import type { SnippetBody } from './code.ts'
import type { ConversationId, MessageId, PersonId } from './ids.ts'
import type { PatchTrial } from './patch/patchTrial.ts'
import type { RoomMember } from './rooms.ts'
import type { SecretFinding } from './secrets.ts'
import type { Screen } from './screen.ts'
import type { Conversation, Message } from './service.ts'

export type * from './screen.ts'

/** A run of characters of one line in one style. `color` is `#rrggbb` or `#rrggbbaa`. */
export interface CodeToken {
  readonly text: string
  readonly color?: string
  readonly italic?: true
  readonly bold?: true
  readonly underline?: true
}

/** What the user has to know of the place where everything is kept, in sentences. */
export interface StoreNotice {
  /** Nothing can be kept now, and so nothing can be sent. */
  readonly trouble?: string
  /** It was repaired; shown until the user has read it. */
  readonly repair?: string
}

/** The most that is attached to a message. */
export const maxAttachments = 10

/** What goes out with the message that is being written: a snippet, exactly as it will be sent, or a file. */
export type Attachment = SnippetAttachment | FileAttachment

interface Attached {
  readonly id: number
  /** What the guard before sending found in it, in one sentence. */
  readonly warning?: string
}

export interface SnippetAttachment extends Attached {
  readonly body: SnippetBody
}

export interface FileAttachment extends Attached {
  /** `taken`: how many bytes of it are here already; all of them unless it is handed over piece by piece. */
  readonly file: { readonly name: string; readonly size: number; readonly taken: number }
}

export type HostToWebview =
  | FileToWebview
  /** Replaces what is shown. Sent after `ready` and whenever the subject changes. */
  | {
      readonly type: 'screen'
      readonly screen: Screen
      readonly strings: Readonly<Record<string, string>>
      readonly locale: string
    }
  /** New messages of the shown conversation, in order of arrival. */
  | { readonly type: 'added'; readonly messages: readonly Message[] }
  /** Messages whose state or body changed. */
  | { readonly type: 'changed'; readonly messages: readonly Message[] }
  /** Title, presence, unread or members changed. */
  | { readonly type: 'conversation'; readonly conversation: Conversation }
  /** Who belongs to the shown room, whenever something about one of them changed. */
  | { readonly type: 'members'; readonly members: readonly RoomMember[] }
  /** The pinned messages of the shown room, whenever they are others. */
  | { readonly type: 'pinned'; readonly messages: readonly Message[] }
  /** Answers `loadOlder`. */
  | {
      readonly type: 'older'
      readonly request: number
      readonly messages: readonly Message[]
      readonly hasMore: boolean
    }
  /** Answers `loadNewer`. With `hasNewer` the end of the conversation is still not among what is shown. */
  | {
      readonly type: 'newer'
      readonly request: number
      readonly messages: readonly Message[]
      readonly hasNewer: boolean
    }
  /**
   * Replaces the messages shown by those around one of them, which comes into sight and has `marks` marked in it; or by the
   * newest ones. What is said while `hasNewer` is not told.
   */
  | {
      readonly type: 'window'
      readonly messages: readonly Message[]
      readonly hasMore: boolean
      readonly hasNewer: boolean
      readonly reveal?: MessageId
      readonly marks: readonly string[]
    }
  /**
   * Answers `send`: it is on disk (`id`), or it was not sent and `sentence` says why. With `findings` it was held back,
   * because of what looks like a secret there.
   */
  | {
      readonly type: 'sendResult'
      readonly request: number
      readonly id?: MessageId
      readonly sentence?: string
      readonly findings?: readonly SecretFinding[]
    }
  /** The repositories among the open folders, by their identities (`repositoryIdentity`). */
  | { readonly type: 'clones'; readonly identities: readonly string[] }
  /** Answers `snippet`: what the card says of it from now on. */
  | { readonly type: 'snippetPlace'; readonly message: MessageId; readonly place: SnippetPlace }
  /** Answers `highlight`; `lines` is absent where the code stays plain, `isTooMuch` where that is for its size or form. */
  | {
      readonly type: 'highlighted'
      readonly key: string
      readonly lines?: readonly (readonly CodeToken[])[]
      readonly isTooMuch?: true
    }
  /** What is attached to the message that is being written, whenever it is something else. */
  | {
      readonly type: 'attachments'
      readonly conversation: ConversationId
      readonly attachments: readonly Attachment[]
    }
  /** What would become of a patch here, or has: shown on its card. */
  | { readonly type: 'patchTried'; readonly message: MessageId; readonly trial: PatchTrial }
  /** The colour theme changed: ask again for the colours shown. */
  | { readonly type: 'themeChanged' }
  /** Replaces what is said of the store, on every screen. */
  | { readonly type: 'store'; readonly notice: StoreNotice }
  /** A request failed; shown on the present screen. */
  | { readonly type: 'failed'; readonly sentence: string }
  | MessageToWebview
  /** Put the keyboard into the composer (a command of the user asked for it). */
  | { readonly type: 'focusComposer' }

export type CodeAction = 'copy' | 'insert' | 'open' | 'compare' | 'terminal'

/** What can be done with a snippet that says where it is from. `compareWithMine`: with the file in the user's clone. */
export type SnippetAction = 'openInClone' | 'compareWithMine' | 'apply'

/** What was found out about a snippet in the user's own clone. */
export interface SnippetPlace {
  readonly sentence: string
  /** What can be done about it. */
  readonly offers: readonly Exclude<SnippetAction, 'openInClone'>[]
}

/** `recall`: what became of it here, where that was kept; asked by a card that does not know. */
export type PatchAction = 'view' | 'apply' | 'decline' | 'copy' | 'recall'

export type WebviewToHost =
  | { readonly type: 'ready' }
  /** The primary action of `welcome`. */
  | { readonly type: 'begin' }
  | { readonly type: 'createIdentity'; readonly name: string }
  /** The secondary action of `welcome`. */
  | { readonly type: 'beginRestore' }
  /** The third action of `welcome`: asks for a backup and brings everything back. */
  | { readonly type: 'restoreBackup' }
  | { readonly type: 'restore'; readonly phrase: string; readonly name: string }
  /** Try whether the disk takes something again. */
  | { readonly type: 'retryStore' }
  /** The user has read what was repaired. */
  | { readonly type: 'noteRepair' }
  /** Leaves `phrase`: written down, or to be reminded. */
  | { readonly type: 'phraseDone'; readonly written: boolean }
  | { readonly type: 'copyPhrase' }
  | { readonly type: 'recover'; readonly phrase: string }
  /** Makes an invite and copies its link. */
  | { readonly type: 'invite' }
  /** Asks for a link and joins. */
  | { readonly type: 'join' }
  /** Opens a waiting invite: answer it, copy its link again or give it up. */
  | { readonly type: 'openWaiting'; readonly id: string }
  /** Always answered by a `sendResult`. It names its conversation, as what follows does: the host may show another by now. */
  | {
      readonly type: 'send'
      readonly request: number
      readonly conversation: ConversationId
      readonly text: string
      /** The members whom the text names. */
      readonly mentions?: readonly PersonId[]
      /** The user has seen what was found in it. */
      readonly anyway?: true
      /** The message that it answers. */
      readonly replyTo?: MessageId
      /** The message that its thread began with. */
      readonly thread?: MessageId
    }
  | MessageToHost
  | FileToHost
  | ThreadToHost
  /** The unsent text as it is now, of the conversation or of one of its threads. */
  | {
      readonly type: 'draft'
      readonly conversation: ConversationId
      readonly text: string
      readonly thread?: MessageId
    }
  /** The user is writing, or has stopped. */
  | { readonly type: 'typing'; readonly conversation: ConversationId; readonly isTyping: boolean }
  /** The page before a message. */
  | {
      readonly type: 'loadOlder'
      readonly request: number
      readonly conversation: ConversationId
      readonly before: MessageId
    }
  /** The page after a message. */
  | {
      readonly type: 'loadNewer'
      readonly request: number
      readonly conversation: ConversationId
      readonly after: MessageId
    }
  /** Shows a message that is not among those shown, wherever it is. */
  | { readonly type: 'reveal'; readonly conversation: ConversationId; readonly message: MessageId }
  /** Goes back to the end. */
  | { readonly type: 'latest'; readonly conversation: ConversationId }
  | { readonly type: 'read'; readonly conversation: ConversationId; readonly upTo: MessageId }
  | { readonly type: 'openLink'; readonly url: string }
  /** `path` is a snippet's own: relative, without `..`. It gives a title and is never opened. */
  | {
      readonly type: 'code'
      readonly action: CodeAction
      readonly language: string
      readonly text: string
      readonly path?: string
    }
  /** A snippet of the conversation on screen; its body is read where it is kept. */
  | {
      readonly type: 'snippet'
      readonly action: SnippetAction
      readonly conversation: ConversationId
      readonly message: MessageId
    }
  /** A place in a file that a message names. */
  | { readonly type: 'openPlace'; readonly place: CodePlace }
  /** A patch of a conversation; its body is read where it is kept. `file`: which one of it to view, else all. */
  | {
      readonly type: 'patch'
      readonly action: PatchAction
      readonly conversation: ConversationId
      readonly message: MessageId
      readonly file?: number
    }
  | { readonly type: 'copyMessage'; readonly text: string }
  | { readonly type: 'highlight'; readonly key: string; readonly language: string; readonly text: string }
  /** Attaches a text that was copied in an editor: `language` is the one that it had there. */
  | {
      readonly type: 'attachText'
      readonly conversation: ConversationId
      readonly text: string
      readonly language: string
    }
  /** Attaches files that were dropped here, by their addresses. */
  | { readonly type: 'attachFiles'; readonly conversation: ConversationId; readonly uris: readonly string[] }
  | { readonly type: 'detach'; readonly conversation: ConversationId; readonly id: number }
  /** Sends what is attached, after every message before it, into a thread or not. */
  | { readonly type: 'sendAttachments'; readonly conversation: ConversationId; readonly thread?: MessageId }
  /** Asks what of the editor is to be shared here. */
  | { readonly type: 'share' }
  /** Of `person`; without, of the other side of a direct conversation. */
  | { readonly type: 'showSafetyNumber'; readonly person?: PersonId }
  | {
      readonly type: 'pin'
      readonly conversation: ConversationId
      readonly message: MessageId
      readonly pinned: boolean
    }
  /** Brings the list of the room's members to the front. */
  | { readonly type: 'showMembers' }
  /** Offers what can be done with the room. */
  | { readonly type: 'showRoomActions' }
  /** Asks until when nothing is to be told of the conversation on screen. */
  | { readonly type: 'mute' }
  /** Searches the conversation on screen. */
  | { readonly type: 'search' }
  /** Lets the other side of the direct conversation on screen in again. */
  | { readonly type: 'unblock' }
  | { readonly type: 'showNetwork' }
