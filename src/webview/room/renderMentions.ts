import { html } from 'lit'
import { shortKey } from '../../shared/shortKey.ts'
import type { TextBody } from '../../shared/service.ts'
import type { ConversationState } from '../state/conversationState.ts'
import { findMentions } from '../text/mentions.ts'
import type { Mention, Mentionable } from '../text/mentions.ts'
import type { View } from '../view.ts'

/** Renders the plain parts of a message so that the members it mentions stand out, and oneself most of all. */
export function mentionRenderer(
  view: View,
  state: ConversationState,
  { mentions = [] }: TextBody,
): (text: string) => unknown {
  const { self } = state
  const mentioned = mentions.length === 0 ? [] : everybody(state).filter(({ person }) => mentions.includes(person))
  if (mentioned.length === 0) return (text) => text

  const renderMention = (text: string, { start, end, people }: Mention): unknown => {
    const title = people.map((person) => shortKey(person)).join(', ')
    const isSelf = people.includes(self)
    return html`<span class="mention ${isSelf ? 'self' : ''}" title=${isSelf ? view.t('mentionsYou') : title}
      ><bdi>${text.slice(start, end)}</bdi></span
    >`
  }
  return (text) => {
    const found = findMentions(text, mentioned)
    const parts = found.flatMap((mention, index) => [
      text.slice(found[index - 1]?.end ?? 0, mention.start),
      renderMention(text, mention),
    ])
    return found.length === 0 ? text : [...parts, text.slice(found.at(-1)?.end ?? 0)]
  }
}

/** Who belongs, and who did when it was written: somebody who left is mentioned all the same, and so is oneself. */
function everybody({ members, conversation, self, selfName }: ConversationState): readonly Mentionable[] {
  const known = new Set(members.map(({ person }) => person))
  const gone = [...(conversation.room?.former ?? []), { person: self, name: selfName }]
  return [
    ...members,
    ...gone.filter(({ person }) => !known.has(person)).map((one) => ({ ...one, looksLikeAnother: true })),
  ]
}
