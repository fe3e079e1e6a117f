import type { PersonId } from '../../shared/ids.ts'
import type { Message } from '../../shared/service.ts'
import { encodeUtf8 } from '../codec/utf8.ts'
import { messageIdOf } from '../conversation/messageId.ts'
import type { Timeline } from '../conversation/timeline.ts'
import type { Clock } from '../ports/clock.ts'
import { nextTurn } from '../ports/nextTurn.ts'
import type { NameOf } from './markdownExport.ts'
import { markdownHead, markdownMessage } from './markdownExport.ts'

const pageMessages = 200

/** What is exported, and who takes part in it. */
export interface ExportSource {
  readonly timeline: Timeline
  readonly title: string
  /** Oneself first. */
  readonly members: readonly { readonly person: PersonId; readonly name: string }[]
  readonly clock: Clock
}

/** All messages of a conversation as Markdown, page by page. */
export async function* markdownExport(source: ExportSource, onMessage: () => void): AsyncGenerator<Uint8Array> {
  const { title, members, clock } = source
  const nameOf = namesOf(source)
  yield encodeUtf8(
    markdownHead(
      title,
      members.map(({ name }) => name),
      clock.now(),
    ),
  )
  let lastDay: string | undefined
  for await (const page of pages(source)) {
    let text = ''
    for (const message of page) {
      onMessage()
      const written = markdownMessage(message, nameOf, lastDay)
      text += written.text
      lastDay = written.day
    }
    yield encodeUtf8(text)
  }
}

/** The same as JSON: what the conversation is, and its messages as the service shows them, one a line. */
export async function* jsonExport(source: ExportSource, onMessage: () => void): AsyncGenerator<Uint8Array> {
  const { title, members, clock } = source
  const head = { format: 'tincan-conversation', version: 1, title, exportedAt: clock.now(), members }
  yield encodeUtf8(`${JSON.stringify(head).slice(0, -1)},"messages":[`)
  let separator = '\n'
  for await (const page of pages(source)) {
    let text = ''
    for (const message of page) {
      onMessage()
      text += `${separator}${JSON.stringify(message)}`
      separator = ',\n'
    }
    yield encodeUtf8(text)
  }
  yield encodeUtf8('\n]}\n')
}

/** The messages, oldest first, a page in each turn of the event loop. */
async function* pages({ timeline, clock }: ExportSource): AsyncGenerator<readonly Message[]> {
  let after = messageIdOf({ clock: 0, id: new Uint8Array(32) })
  for (;;) {
    const { messages, hasMore } = timeline.historyAfter(after, pageMessages)
    if (messages.length > 0) yield messages
    const last = messages.at(-1)
    if (!hasMore || last === undefined) return
    after = last.id
    await nextTurn(clock)
  }
}

function namesOf({ members }: ExportSource): NameOf {
  const names = new Map(members.map(({ person, name }) => [person, name]))
  return (person) => names.get(person) ?? person.slice(0, 16)
}
