import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { Identity } from '../../shared/service.ts'
import type { SearchNames } from '../search/search.ts'
import type { Engine } from './engine.ts'
import { viewConversation } from './views.ts'

/** Names as the user sees them. */
export function searchNames(engine: Engine, self: () => Identity): SearchNames {
  return {
    self: () => self().person,
    people: () => [{ id: self().person, name: self().name }, ...people(engine)],
    conversations: () => conversations(engine),
  }
}

function* people(engine: Engine): Iterable<{ readonly id: PersonId; readonly name: string }> {
  for (const conversation of engine.conversations.all) {
    const { members, room } = viewConversation(engine, conversation)
    for (const { person, name, ownName } of [...members, ...(room?.former ?? [])]) {
      yield { id: person, name }
      if (ownName !== undefined) yield { id: person, name: ownName }
    }
  }
}

function* conversations(engine: Engine): Iterable<{ readonly id: ConversationId; readonly name: string }> {
  for (const conversation of engine.conversations.all)
    yield { id: conversation.id, name: viewConversation(engine, conversation).title }
}
