/** What the service shows of the engine's state. */
import type { PersonId } from '../../shared/ids.ts'
import type { Conversation as ConversationView, LinkStatus, NetworkStatus, PeerStatus } from '../../shared/service.ts'
import { toHex } from '../codec/bytes.ts'
import { summarize } from '../body/summarize.ts'
import { shownName } from '../contact/contactRecord.ts'
import type { ContactRecord } from '../contact/contactRecord.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Link } from '../link/link.ts'
import type { TransportStatus } from '../ports/transport.ts'
import type { Engine } from './engine.ts'
import { viewPerson, viewRoom } from './roomViews.ts'
import { wrongClockMs } from './timeKeeper.ts'

export function viewConversation(engine: Engine, conversation: Conversation): ConversationView {
  const last = conversation.timeline.last()
  const { readUpTo } = conversation
  const lifetimeMs = conversation.about.lifetime.ms
  const room = engine.rooms.of(conversation.id)
  return {
    id: conversation.id,
    ...(room === undefined ? viewDirect(engine, conversation) : viewRoom(engine, room)),
    unread: conversation.unread.count,
    missing: conversation.missing,
    ...engine.signals.view(conversation),
    notify: engine.notifications.get(conversation.id),
    ...(readUpTo && { readUpTo }),
    ...(lifetimeMs > 0 && { lifetimeMs }),
    ...(last && { last: { id: last.id, author: last.author, sentAt: last.sentAt, summary: summarize(last.body) } }),
  }
}

function viewDirect(
  engine: Engine,
  { peer, isSelf }: Conversation,
): Pick<ConversationView, 'kind' | 'isSelf' | 'title' | 'members' | 'online' | 'lastSeenAt'> {
  if (peer === undefined) return { kind: 'direct', title: '', members: [], online: false }
  if (isSelf) return { kind: 'direct', isSelf: true, title: '', members: [], online: true }
  const contact = engine.contacts.get(peer)
  const name = contact === undefined ? peer.slice(0, 8) : shownName(contact)
  const looksLikeAnother = engine.contacts.twins.has(peer)
  const members = [{ ...viewPerson(engine, peer, name), ...(looksLikeAnother && { looksLikeAnother }) }]
  const online = engine.links.of(peer) !== undefined
  const lastSeenAt = online || contact === undefined ? undefined : lastSeenOf(engine, contact)
  return { kind: 'direct', title: name, members, online, ...(lastSeenAt !== undefined && { lastSeenAt }) }
}

/** When a contact was last here, where the user wants to know. */
function lastSeenOf(engine: Engine, { lastSeenAt }: ContactRecord): number | undefined {
  return engine.privacy.now.lastSeen ? lastSeenAt : undefined
}

export function viewNetwork(engine: Engine, status: TransportStatus): NetworkStatus {
  const links = engine.links.all
  // Where somebody is linked, that is better evidence than the past.
  const isClockWrong = links.length === 0 ? engine.time.isSetBack : doAllDisagree(engine, links)
  const reason = status.reason ?? (isClockWrong ? ('clock-wrong' as const) : undefined)
  return {
    online: status.online,
    bootstrapped: status.bootstrapped,
    ...(reason && { reason }),
    ...(status.relay && { relay: status.relay }),
    links: links.map(viewLink),
    peers: [...engine.contacts.all]
      .filter(({ isBlocked }) => isBlocked !== true)
      .map((contact): PeerStatus => {
        const person = toHex(contact.person) as PersonId
        const link = engine.links.of(person)
        const device = contact.devices[0]
        const attempts = link === undefined && device !== undefined ? engine.links.attemptsOf(device) : undefined
        const name = shownName(contact)
        const lastSeenAt = lastSeenOf(engine, contact)
        return {
          person,
          name,
          linked: link !== undefined,
          ...attempts,
          ...(lastSeenAt !== undefined && { lastSeenAt }),
        }
      }),
  }
}

/** Without an identity there is nobody to be linked with; a relay may run all the same. */
export function viewOwnNetwork({ relay }: TransportStatus): NetworkStatus {
  return {
    online: false,
    bootstrapped: false,
    reason: 'no-identity',
    ...(relay && { relay }),
    links: [],
    peers: [],
  }
}

function viewLink(link: Link): LinkStatus {
  const { person, device } = link.peer
  const { route, bytesIn, bytesOut } = link.connection
  return { person, device, route, rttMs: link.rttMs, since: link.since, bytesIn, bytesOut }
}

/** Everybody who is linked has another time than this machine: then it is this machine. */
function doAllDisagree(engine: Engine, links: readonly Link[]): boolean {
  return links.every(({ peer }) => Math.abs(engine.contacts.get(peer.person)?.skewMs ?? 0) > wrongClockMs)
}
