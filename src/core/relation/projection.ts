import type { MessageId, PersonId } from '../../shared/ids.ts'
import { isSaid } from '../../shared/isSaid.ts'
import { maxEdits, type PatchResult, type Quote, type Reaction, type Wording } from '../../shared/messages.ts'
import type { Message, TextBody } from '../../shared/service.ts'
import type { EditBody } from '../body/aboutBody.ts'
import { summarize } from '../body/summarize.ts'
import { comparePositions, messageIdOf } from '../conversation/messageId.ts'
import type { Erasures } from './erasures.ts'
import { maxCounted, type Relations, type Said } from './relations.ts'

const nothingSaid: ReturnType<Relations['about']> = { said: [], isRoot: false }

/**
 * Puts together what a message is now: its newest wording, reactions, thread, and what it answers. The same on every
 * machine that holds the same events, in whatever order they came. A new kind of what is said about messages comes in here.
 */
export class Projection {
  readonly #relations: Relations
  readonly #erasures: Erasures
  readonly #read: (said: Said) => Message

  /** `read`: a message as it was written. */
  constructor(relations: Relations, erasures: Erasures, read: (said: Said) => Message) {
    this.#relations = relations
    this.#erasures = erasures
    this.#read = read
  }

  /** The message with everything that was said about it. `isNewest`: it comes after all that is here. */
  complete(message: Message, isNewest = false): Message {
    const { said, isRoot } = isNewest ? nothingSaid : this.#relations.about(message.id)
    const worded = this.#worded(message, said)
    const reactions = worded.erasedBy === undefined ? reactionsOf(said) : []
    const results = worded.erasedBy === undefined ? resultsOf(said) : []
    const quote = worded.erasedBy === undefined ? this.#quoteOf(worded) : undefined
    const replies = isRoot ? this.#repliesOf(message.id) : undefined
    return {
      ...worded,
      ...(reactions.length > 0 && { reactions }),
      ...(results.length > 0 && { results }),
      ...(quote && { quote }),
      ...(replies && { replies }),
    }
  }

  /** All wordings of a text, the first one first. */
  wordings(written: Said): Wording[] {
    const message = this.#read(written)
    if (message.body.kind !== 'text') return []
    const { text, mentions } = message.body
    const edits = this.#relations.places(message.id, 'edit', message.author, undefined, maxEdits).reverse()
    const later = edits.flatMap((place): Wording[] => {
      const said = this.#relations.read(place)
      return said?.body.kind === 'edit' ? [{ at: said.event.sentAt, ...wordingOf(said.body) }] : []
    })
    return [{ at: message.sentAt, text, ...(mentions && { mentions }) }, ...later]
  }

  /** The events that changed a message, the newest first. */
  editsOf(message: MessageId, author: PersonId): MessageId[] {
    return this.#relations.places(message, 'edit', author, undefined, maxEdits).map(messageIdOf)
  }

  /** The emoji that a person has beside a message. */
  reactionsBy(message: MessageId, person: PersonId): readonly string[] {
    const body = this.#relations.newest(message, 'reaction', person)?.body
    return body?.kind === 'reaction' ? body.emoji : []
  }

  #worded(message: Message, said: readonly Said[]): Message {
    const by = this.#erasures.of(message.id, message.author)?.by
    if (by !== undefined) return { ...message, body: { kind: 'unreadable', why: 'erased' }, erasedBy: by }
    const edit = said.find(({ log, body }) => body.kind === 'edit' && log.personId === message.author)
    if (edit?.body.kind !== 'edit' || message.body.kind !== 'text') return message
    const { mentions: _, ...place } = message.body
    const body: TextBody = { ...place, ...wordingOf(edit.body) }
    const count = this.#relations.places(message.id, 'edit', message.author, undefined, maxEdits).length
    return { ...message, body, edited: { at: edit.event.sentAt, count } }
  }

  #quoteOf({ body }: Message): Quote | undefined {
    if (!isSaid(body) || body.replyTo === undefined) return undefined
    const answered = this.#relations.find(body.replyTo)
    if (answered === undefined || answered.event.part === 'hidden' || answered.event.part === 'lacking')
      return undefined
    const message = this.#read(answered)
    const worded = this.#worded(message, this.#relations.about(message.id).said)
    return { author: worded.author, summary: summarize(worded.body) }
  }

  #repliesOf(message: MessageId): Message['replies'] {
    const places = this.#relations.places(message, 'thread', undefined, undefined, maxCounted)
    const [last] = places
    const lastAt = last && this.#relations.read(last)?.event.sentAt
    return last && { count: places.length, last: messageIdOf(last), lastAt: lastAt ?? 0 }
  }
}

function wordingOf({ text, mentions }: EditBody): Pick<TextBody, 'text' | 'mentions'> {
  return { text, ...(mentions && { mentions }) }
}

/** What became of a patch, by whoever said so last first. */
function resultsOf(said: readonly Said[]): PatchResult[] {
  const results = said.flatMap(({ log, event, body }) => {
    if (body.kind !== 'patch-result') return []
    const { outcome, hunks } = body
    return [{ event, result: { person: log.personId, at: event.sentAt, outcome, ...(hunks && { hunks }) } }]
  })
  results.sort((a, b) => comparePositions(b.event, a.event))
  return results.map(({ result }) => result)
}

/** Emoji in the order in which they were first put there, and so the people of each. */
function reactionsOf(said: readonly Said[]): Reaction[] {
  const people = new Map<string, PersonId[]>()
  const inOrder = said.filter(({ body }) => body.kind === 'reaction')
  inOrder.sort((a, b) => comparePositions(a.event, b.event))
  for (const { log, body } of inOrder)
    for (const emoji of body.kind === 'reaction' ? body.emoji : []) {
      const present = people.get(emoji)
      if (present === undefined) people.set(emoji, [log.personId])
      else present.push(log.personId)
    }
  return [...people].map(([emoji, of]) => ({ emoji, people: of }))
}
