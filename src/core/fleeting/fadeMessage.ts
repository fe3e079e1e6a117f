import type { MessageId } from '../../shared/ids.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { About } from '../relation/about.ts'
import { messageOf, type Said } from '../relation/relations.ts'
import type { FleetingRecord } from './fleetingRecord.ts'

/** Answers to a message that are told of its end. */
const maxAnswers = 50

/** What became of a message whose time is over. */
export interface FadedMessage {
  /** What its content is gone of: the message, and what was said about it. */
  readonly gone: readonly Said[]
  /** Other messages that are not what they were. */
  readonly touched: readonly MessageId[]
}

/**
 * Removes a message from this disk with everything that was said about it (wordings, reactions, what became of a
 * patch), inside a transaction of the caller. Its place in the chain stays, and what keeps it from coming back with it.
 */
export function fadeMessage({ relations, erasures }: About, at: FleetingRecord): FadedMessage {
  const said = relations.read(at)
  // Taken back, or deleted here, before its time was over.
  if (said === undefined || said.event.body.kind === 'erased') return { gone: [], touched: [] }
  const message = messageOf(said)
  const about = [...relations.everythingAbout(message)].filter(({ body }) => body.kind !== 'erase')
  const answers = relations.places(message, 'reply', undefined, undefined, maxAnswers).map(messageIdOf)
  const { body } = said
  const root = 'thread' in body ? [body.thread] : []
  for (const one of [...about, said]) erasures.remove(one, 'hidden')
  return { gone: [...about, said], touched: [...answers, ...root] }
}
