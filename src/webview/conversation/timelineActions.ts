import type { MessageId } from '../../shared/ids.ts'
import type { ChangesActions } from '../room/renderChanges.ts'
import type { PendingActions } from './renderPending.ts'

/** What the list tells its owner. */
export interface TimelineActions extends PendingActions, ChangesActions {
  loadOlder(): void
  loadNewer(): void
  /** The end is wanted, which is not among the messages. */
  showLatest(): void
  /** This message is in sight, and so all before it have been. Whether somebody looks is for the host to say. */
  see(upTo: MessageId): void
  /** The user is here and looks at the end. */
  attend(): void
  /** Escape: back to the message field. */
  leave(): void
  /** The user wants to answer a message, to change or to select it, or to see its thread. */
  compose(mode: 'reply' | 'edit' | 'select' | 'thread', message: MessageId): void
  /** Puts messages into the selection, or takes them out. */
  select(messages: readonly MessageId[], isOn: boolean): void
}
