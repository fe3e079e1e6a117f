import type { RoomChange } from '../../shared/rooms.ts'
import type { ViewString } from '../../shared/viewStrings.ts'
import type { RoomLine } from '../state/buildRows.ts'
import type { Translate } from '../text/strings.ts'

type Group = { readonly one: ViewString; readonly many: ViewString }

const joins: Group = { one: 'foldJoinedOne', many: 'foldJoined' }
const leaves: Group = { one: 'foldLeftOne', many: 'foldLeft' }
const removals: Group = { one: 'foldRemovedOne', many: 'foldRemoved' }
const roles: Group = { one: 'foldRolesOne', many: 'foldRoles' }
const keys: Group = { one: 'foldKeysOne', many: 'foldKeys' }
const others: Group = { one: 'foldOthersOne', many: 'foldOthers' }
/** In the order in which they are said. */
const groups: readonly Group[] = [joins, leaves, removals, roles, others, keys]

const groupOf: Readonly<Record<RoomChange['change'], Group>> = {
  created: others,
  joined: joins,
  left: leaves,
  removed: removals,
  role: roles,
  title: others,
  topic: others,
  lifetime: others,
  'who-invites': others,
  pinned: others,
  unpinned: others,
  rekeyed: keys,
  dissolved: others,
}

/** An owner who leaves gives the room to somebody else. */
const isOf = ({ body }: RoomLine, group: Group): boolean =>
  groupOf[body.change] === group || (group === roles && body.change === 'left' && body.owner !== undefined)

/** Lines about the room in one: "5 joined, 2 left". */
export function foldSummary(t: Translate, lines: readonly RoomLine[]): string {
  return groups
    .map((group) => ({ group, count: lines.filter((line) => isOf(line, group)).length }))
    .filter(({ count }) => count > 0)
    .map(({ group, count }) => (count === 1 ? t(group.one) : t(group.many, count)))
    .join(', ')
}
