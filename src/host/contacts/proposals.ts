import type * as vscode from 'vscode'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { ContactRequest } from '../../shared/contacts.ts'
import type { HistoryAccess, RoomOffer } from '../../shared/rooms.ts'
import { shortKey } from '../../shared/shortKey.ts'
import type { RowLook } from '../conversations/rowLook.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { roleDetail } from '../rooms/roleWords.ts'
import { safeName } from '../text/safeName.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** What others propose to the user: a room, or to become a contact. */
export type Proposal =
  /** `inviter` is the contact's name. */
  | { readonly kind: 'offer'; readonly offer: RoomOffer; readonly inviter: string }
  /** `introducer` and `room` are the names of the contact who introduces and of the room that both are in. */
  | {
      readonly kind: 'request'
      readonly request: ContactRequest
      readonly introducer: string | undefined
      readonly room: string | undefined
    }

/** Names a proposal on this device. */
export const proposalId = (proposal: Proposal): string =>
  proposal.kind === 'offer' ? proposal.offer.offer : proposal.request.request

/** What waits for the user's answer. */
export function openProposals(snapshot: ChatSnapshot): readonly Proposal[] {
  const offers = snapshot.offers.map((offer): Proposal => ({
    kind: 'offer',
    offer,
    inviter: contactName(snapshot, offer.inviter),
  }))
  return [...offers, ...requestsIn(snapshot, 'incoming')]
}

/** Whom the user asked, and who has not answered yet. */
export const askedPeople = (snapshot: ChatSnapshot): readonly Proposal[] => requestsIn(snapshot, 'outgoing')

function requestsIn(snapshot: ChatSnapshot, state: ContactRequest['state']): readonly Proposal[] {
  return snapshot.requests
    .filter((request) => request.state === state)
    .map((request) => ({
      kind: 'request',
      request,
      introducer: request.introducedBy === undefined ? undefined : contactName(snapshot, request.introducedBy),
      room: roomTitle(snapshot, request.room),
    }))
}

/** The question that a proposal puts, and what one should know before answering. Plain text, safe to show. */
export function proposalQuestion(
  proposal: Proposal,
  l10n: L10n,
): { readonly question: string; readonly detail: string } {
  if (proposal.kind === 'offer') {
    const { title, topic, history, role, memberCount } = proposal.offer
    return {
      question: l10n.t('{0} invites you to the room {1}.', safeName(proposal.inviter), safeName(title)),
      detail: [
        topic === '' ? '' : safeName(topic),
        memberCount === 1 ? l10n.t('It has 1 member.') : l10n.t('It has {0} members.', memberCount),
        historySentence(history, l10n),
        role === 'member' ? '' : roleDetail(role, l10n),
        l10n.t('Its members learn your name and your network address.'),
      ]
        .filter((line) => line !== '')
        .join('\n'),
    }
  }
  const { request, introducer, room } = proposal
  const name = safeName(request.name)
  return {
    question: requestQuestion(name, introducer, room, l10n),
    detail: [
      l10n.t('Their key: {0}', shortKey(request.person)),
      l10n.t('As contacts, the two of you can exchange messages that nobody else reads.'),
    ].join('\n'),
  }
}

function requestQuestion(name: string, introducer: string | undefined, room: string | undefined, l10n: L10n): string {
  if (introducer !== undefined) return l10n.t('{0} introduces {1} to you.', safeName(introducer), name)
  if (room !== undefined) return l10n.t('{0}, who is with you in {1}, wants to become a contact.', name, safeName(room))
  return l10n.t('{0} wants to become a contact.', name)
}

function historySentence(history: HistoryAccess, l10n: L10n): string {
  return history === 'all'
    ? l10n.t('You will be able to read it from the beginning.')
    : l10n.t('You will be able to read what is written after you join.')
}

/** How a proposal looks in the tree. `formatTime` turns milliseconds since 1970 into a time in the user's language. */
export function proposalLook(proposal: Proposal, l10n: L10n, formatTime: (at: number) => string): RowLook {
  const { question, detail } = proposalQuestion(proposal, l10n)
  const base = { id: proposalId(proposal), tooltip: [question, detail].join('\n') }
  if (proposal.kind === 'offer') {
    const description = l10n.t('{0} invites you', safeName(proposal.inviter))
    const tooltip = [base.tooltip, l10n.t('until {0}', formatTime(proposal.offer.expiresAt))].join('\n')
    const label = safeName(proposal.offer.title)
    const look = { icon: 'organization', color: 'charts.yellow', context: 'proposal.incoming' }
    return { ...base, ...look, label, description, tooltip, spoken: question }
  }
  const label = safeName(proposal.request.name)
  if (proposal.request.state === 'outgoing') {
    const description = l10n.t('has not answered yet')
    const tooltip = l10n.t('{0} was asked, and has not answered yet.', label)
    const look = { icon: 'sync', context: 'proposal.outgoing' }
    return { ...base, ...look, label, description, tooltip, spoken: `${label}, ${description}` }
  }
  const description =
    proposal.introducer === undefined
      ? l10n.t('wants to become a contact')
      : l10n.t('introduced by {0}', safeName(proposal.introducer))
  return {
    ...base,
    label,
    description,
    icon: 'person-add',
    color: 'charts.yellow',
    context: 'proposal.incoming',
    spoken: question,
  }
}

function contactName({ conversations }: ChatSnapshot, person: PersonId): string {
  const members = conversations.flatMap((conversation) => conversation.members)
  return members.find((member) => member.person === person)?.name ?? ''
}

const roomTitle = ({ conversations }: ChatSnapshot, room: ConversationId | undefined): string | undefined =>
  conversations.find(({ id }) => id === room)?.title
