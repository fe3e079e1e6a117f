import type { Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { Announcements } from './announcements.ts'
import type { Appended } from './appended.ts'
import type { DeviceLog } from './deviceLog.ts'
import type { AckRecord } from './records.ts'

/** What a conversation tells of itself. */
export class ConversationEvents {
  protected readonly told = new Announcements()
  protected readonly addedLog = new Emitter<DeviceLog>()
  protected readonly acknowledged = new Emitter<AckRecord>()

  /** New events are committed, and one's own flushed, in order of arrival. */
  readonly onDidAppend: Event<Appended> = this.told.append.event
  /** A log came to belong to it. */
  readonly onDidAddLog: Event<DeviceLog> = this.addedLog.event
  /** New messages to show; long backfills are not told one by one. */
  readonly onDidAdd: Event<readonly Message[]> = this.told.add.event
  /** Messages whose state changed, at most `maxAnnounced` at a time, the newest. */
  readonly onDidChangeMessages: Event<readonly Message[]> = this.told.changeMessages.event
  /** Others said something about messages; long backfills are not told. */
  readonly onDidHearAbout: Event<{ readonly author: PersonId; readonly count: number }> = this.told.about.event
  /** Messages are gone from this device: as they were. */
  readonly onDidRemove: Event<readonly Message[]> = this.told.remove.event
  /** Another device said anew what it holds of the own log. */
  readonly onDidAcknowledge: Event<AckRecord> = this.acknowledged.event
  /** Anything else that a list of conversations shows. */
  readonly onDidChange: Event<void> = this.told.change.event
}
