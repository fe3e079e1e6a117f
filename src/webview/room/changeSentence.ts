import { assertNever } from '../../shared/assertNever.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Role, RoomBody } from '../../shared/rooms.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import { distinctName } from '../conversation/distinctName.ts'
import type { RoomLine } from '../state/buildRows.ts'
import type { ConversationState } from '../state/conversationState.ts'
import type { View } from '../view.ts'

/** The icon of a line about the room, and its sentence. */
export interface ChangeLook {
  readonly icon: string
  readonly sentence: string
}

/** How one line about the room reads. */
export function changeLook(view: View, state: ConversationState, { author, body }: RoomLine): ChangeLook {
  const { t } = view
  const subject = author === state.self ? t('you') : distinctName(view, state, author)
  const object = (person: PersonId): string =>
    person === state.self ? t('youObject') : person === author ? t('themselves') : distinctName(view, state, person)
  const look = (icon: string, key: ViewString, ...args: readonly string[]): ChangeLook => ({
    icon,
    sentence: t(key, subject, ...args),
  })
  switch (body.change) {
    case 'created':
      return look('comment-discussion', 'changeCreated')
    case 'joined':
      return { icon: 'person-add', sentence: joined(view, state, body) }
    case 'left':
      return body.owner === undefined
        ? look('sign-out', 'changeLeft')
        : look('sign-out', 'changeLeftOwner', object(body.owner))
    case 'removed':
      return look('person', 'changeRemoved', object(body.person))
    case 'role':
      return look('shield', roleChanges[body.role], object(body.person))
    case 'title':
      return look('edit', 'changeTitle', body.title)
    case 'topic':
      return body.topic === '' ? look('edit', 'changeTopicNone') : look('edit', 'changeTopic', body.topic)
    case 'lifetime':
      return body.lifetimeMs === 0
        ? look('clockface', 'changeLifetimeNone')
        : look('clockface', 'changeLifetime', view.times.span(body.lifetimeMs))
    case 'who-invites':
      return look('mail', body.whoInvites === 'everybody' ? 'changeEverybodyInvites' : 'changeAdminsInvite')
    case 'pinned':
      return look('pin', 'changePinned')
    case 'unpinned':
      return look('pin', 'changeUnpinned')
    case 'rekeyed':
      return { icon: 'key', sentence: t('changeRekeyed') }
    case 'dissolved':
      return look('circle-slash', 'changeDissolved')
    default:
      return assertNever(body)
  }
}

const roleChanges: Readonly<Record<Role, ViewString>> = {
  owner: 'changeOwner',
  admin: 'changeAdmin',
  member: 'changeMember',
  'read-only': 'changeReadOnly',
}

/** Said of the one who joined, and to everybody: what the newcomer can read, and which role it brings. */
function joined(
  view: View,
  state: ConversationState,
  { person, role, history }: Extract<RoomBody, { change: 'joined' }>,
): string {
  const name = person === state.self ? view.t('you') : distinctName(view, state, person)
  const sentence = view.t(history === 'all' ? 'changeJoinedAll' : 'changeJoinedFromNow', name)
  if (role === 'admin') return `${sentence} ${view.t('changeJoinedAdmin')}`
  return role === 'read-only' ? `${sentence} ${view.t('changeJoinedReadOnly')}` : sentence
}
