import * as vscode from 'vscode'
import type { PersonId } from '../../shared/ids.ts'
import type { HistoryAccess, Role } from '../../shared/rooms.ts'
import type { Member } from '../../shared/service.ts'
import { askChoice } from '../input/stepInputs.ts'
import type { Choice } from '../input/stepInputs.ts'
import { runSteps } from '../input/steps.ts'
import type { Step } from '../input/steps.ts'
import { copyInviteLink, expiryChoices } from '../invites/inviteFlow.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { shortKey } from '../../shared/shortKey.ts'
import { safeName } from '../text/safeName.ts'
import type { Room } from './isRoom.ts'
import { grantableRoles } from '../../shared/roomRights.ts'
import { roleDetail, roleName } from './roleWords.ts'

interface Answers {
  /** The contact to offer the room to; `undefined`: a link. */
  readonly contact: Member | undefined
  readonly role: Exclude<Role, 'owner'>
  readonly history: HistoryAccess
  readonly expiresInMs: number
}

/** Asks whom, as what, and with which history, then offers the room to a contact or copies a link. */
export async function inviteToRoom(model: ChatModel, room: Room): Promise<void> {
  const contacts = await contactsOutside(model, room)
  const initial: Answers = { contact: undefined, role: 'member', history: 'all', expiresInMs: 0 }
  const title = vscode.l10n.t('Invite to {0}', safeName(room.title))
  const answers = await runSteps(title, initial, [
    askWhom(contacts),
    askRole(grantableRoles(room.room.ownRole)),
    askHistory,
    askExpiry,
  ])
  if (answers === undefined) return
  const { contact, role, history, expiresInMs } = answers
  const { invite, link } = await model.request('room/invite', {
    conversation: room.id,
    role,
    history,
    expiresInMs,
    ...(contact === undefined ? {} : { person: contact.person }),
  })
  if (link !== undefined) await copyInviteLink(link, invite)
  else if (contact !== undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is asked whether to join {1}.', safeName(contact.name), safeName(room.title)),
    )
  }
}

/** The contacts who are not in the room. */
async function contactsOutside(model: ChatModel, room: Room): Promise<readonly Member[]> {
  const inside = new Set<PersonId>((await model.request('room/members', { conversation: room.id })).map(personOf))
  const list = await model.request('conversation/list', {})
  return list
    .filter(({ kind }) => kind === 'direct')
    .flatMap(({ members }) => members)
    .filter(({ person, blocked }) => blocked !== true && !inside.has(person))
    .sort((a, b) => a.name.localeCompare(b.name))
}

const personOf = ({ person }: { readonly person: PersonId }): PersonId => person

const askWhom =
  (contacts: readonly Member[]): Step<Answers> =>
  async (frame, answers) => {
    const link: Choice<Member | undefined> = {
      label: `$(link) ${vscode.l10n.t('With a Link')}`,
      detail: vscode.l10n.t('For one person, who need not be a contact of yours. It works once.'),
      value: undefined,
    }
    const people = contacts.map((contact) => ({
      label: `$(${contact.verified ? 'verified-filled' : 'account'}) ${safeName(contact.name)}`,
      description: shortKey(contact.person),
      value: contact,
    }))
    const answer = await askChoice(frame, vscode.l10n.t('Invite whom?'), [link, ...people], answers.contact)
    return typeof answer === 'object' ? { ...answers, contact: answer.value } : answer
  }

const askRole =
  (roles: readonly Exclude<Role, 'owner'>[]): Step<Answers> =>
  async (frame, answers) => {
    const choices = roles.map((role) => ({
      label: roleName(role, vscode.l10n),
      detail: roleDetail(role, vscode.l10n),
      value: role,
    }))
    const answer = await askChoice(frame, vscode.l10n.t('As what?'), choices, answers.role)
    return typeof answer === 'object' ? { ...answers, role: answer.value } : answer
  }

const askHistory: Step<Answers> = async (frame, answers) => {
  const choices = [
    {
      label: vscode.l10n.t('Everything from the Beginning'),
      detail: vscode.l10n.t('They can read every message of the room that was ever written, and all that follow.'),
      value: 'all',
    },
    {
      label: vscode.l10n.t('Only from Now On'),
      detail: vscode.l10n.t('They can read what is written after they joined, and nothing from before.'),
      value: 'from-now',
    },
  ] as const
  const question = vscode.l10n.t('What will they be able to read? The members are told which it is.')
  const answer = await askChoice<HistoryAccess>(frame, question, choices, answers.history)
  return typeof answer === 'object' ? { ...answers, history: answer.value } : answer
}

const askExpiry: Step<Answers> = async (frame, answers) => {
  const question = vscode.l10n.t('How long may the invite be used?')
  const answer = await askChoice(frame, question, expiryChoices(), answers.expiresInMs)
  return typeof answer === 'object' ? { ...answers, expiresInMs: answer.value } : answer
}
