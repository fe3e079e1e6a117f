import type { Conversation } from '../conversation/conversation.ts'
import type { Introduction } from './introduction.ts'
import type { RefusalCode } from './inviteMessage.ts'
import type { InviteRecord } from './inviteRecords.ts'

/** What the answer to a joiner is bound to. */
export interface WelcomeInit {
  readonly record: InviteRecord
  readonly joiner: Introduction
  readonly transcript: Uint8Array
}

/** What it means to let in whoever proved an invite's secret. */
export interface Admission {
  /** Why this joiner is not let in although the invite still waits; `undefined` if it is. */
  refusal(record: InviteRecord, joiner: Introduction): RefusalCode | undefined
  /** Lets the joiner in, together with what `alsoWrite` writes. Resolves once that is on disk. */
  accept(record: InviteRecord, joiner: Introduction, alsoWrite: () => void): Promise<Conversation>
  /** What `accept` resolved with, or resolves with for somebody who was let in before. */
  conversation(record: InviteRecord, joiner: Introduction): Conversation | undefined
  /** The message that tells the joiner everything. */
  welcome(init: WelcomeInit): Uint8Array
}
