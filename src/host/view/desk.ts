import type { ConversationId, MessageId, PersonId } from '../../shared/ids.ts'
import type { MessageAddress } from '../../shared/messageLink.ts'
import type { MessageDeed } from '../../shared/messageOffers.ts'
import type { MessageToWebview, SelectionDeed } from '../../shared/messageProtocol.ts'
import type { CodePlace } from '../../shared/codePlace.ts'
import type { SnippetBody } from '../../shared/service.ts'
import type { FileDesk } from '../files/fileDesk.ts'
import type { AttachmentDesk } from '../attach/attachmentDesk.ts'
import type { MessageKeys } from '../messages/messageKeys.ts'
import type { PatchTrial } from '../../shared/patch/patchTrial.ts'
import type { SnippetAction, SnippetPlace, WebviewToHost } from '../../shared/webviewProtocol.ts'

/** What is left for a view to do with a message. */
export type Composing = Extract<MessageToWebview, { type: 'compose' }>['mode']

/** Code that a view shows, and what to do with it. */
export type CodeRequest = Extract<WebviewToHost, { type: 'code' }>

/** A patch of a conversation, and what to do with it. */
export type PatchRequest = Extract<WebviewToHost, { type: 'patch' }>

/**
 * What a conversation view may ask of the editor around it. Everything here follows an action of the user; what may
 * leave the view (a link, code) is shown or confirmed before it acts.
 */
export interface Desk {
  invite(): Promise<void>
  join(): Promise<void>
  /** Opens a waiting invite or join by its id. */
  openWaiting(id: string): Promise<void>
  openLink(url: string): Promise<void>
  code(request: CodeRequest): Promise<void>
  /** Answers what the snippet's card is to say from now on, if anything. */
  snippet(action: SnippetAction, body: SnippetBody): Promise<SnippetPlace | undefined>
  /** Shows a message, or says why it cannot be shown. */
  openMessage(address: MessageAddress): Promise<void>
  openPlace(place: CodePlace): Promise<void>
  /** What the repositories among the open folders are, see `repositoryIdentity`. */
  cloneIdentities(): Promise<readonly string[]>
  /** Answers what becomes of the patch here, where that was found out. */
  patch(request: PatchRequest): Promise<PatchTrial | undefined>
  copy(text: string): Promise<void>
  /** What is attached to the messages that are being written. */
  readonly attachments: AttachmentDesk
  /** What is done with a file of a conversation. */
  readonly files: FileDesk
  /** Does something with a message, or offers what can be done. Answers what the view is to go on with. */
  messageMenu(menu: MessageDeed, conversation: ConversationId, message: MessageId): Promise<Composing | undefined>
  /** Where keys of the editor go that stand for something to be done with a message. */
  readonly messageKeys: MessageKeys
  /** Does something with several messages. `true`: it is done. */
  doWithSelected(deed: SelectionDeed, conversation: ConversationId, messages: readonly MessageId[]): Promise<boolean>
  /** Offers for how long what is written in a conversation is kept. */
  showLifetime(conversation: ConversationId): Promise<void>
  /** The text as it may be sent, where something in it looks like a secret; `undefined`: it is not to be sent. */
  guardText(text: string): Promise<string | undefined>
  /** Asks what is to be shared with a conversation. */
  share(conversation: ConversationId): Promise<void>
  /** Of a person, or of the other side of a direct conversation. */
  showSafetyNumber(conversation: ConversationId, person?: PersonId): Promise<void>
  /** Brings the list of a room's members to the front. */
  showMembers(conversation: ConversationId): Promise<void>
  /** Offers what can be done with a room. */
  showRoomActions(conversation: ConversationId): Promise<void>
  /** Asks until when nothing is to be told of a conversation. */
  mute(conversation: ConversationId): Promise<void>
  search(conversation: ConversationId): Promise<void>
  /** Lets the other side of a direct conversation in again. */
  unblock(conversation: ConversationId): Promise<void>
  /** Asks for a backup and brings everything back from it. */
  restoreBackup(): Promise<void>
  showNetwork(): Promise<void>
  /** Puts the keyboard into the editor. */
  focusEditor(): Promise<void>
  /** Whether the first run is at its last step, the recovery phrase: until it is over nothing else is offered. */
  setFirstRun(isOpen: boolean): void
  /** The user left the screen of the recovery phrase. */
  phraseDone(): Promise<void>
}
