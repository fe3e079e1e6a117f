import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId, PersonId } from '../../shared/ids.ts'
import type { Conversation, Member } from '../../shared/service.ts'
import type { Comparison, ScanOutcome } from '../../shared/safety.ts'
import { assertNever } from '../../shared/assertNever.ts'
import type { Boundary } from '../boundary.ts'
import type { CardPanel } from '../card/cardPanel.ts'
import { createCardPanel } from '../card/cardPanel.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import type { SafetyAction } from './safetyCard.ts'
import { safetyCard } from './safetyCard.ts'

/** The safety numbers of contacts, one tab each. */
export interface SafetyScreens extends Disposable {
  /** Of a contact, or of the other side of a direct conversation. */
  open(whose: { readonly person: PersonId } | { readonly conversation: ConversationId }): Promise<void>
}

interface Screen {
  readonly panel: CardPanel
  /** As they were last known: while another window takes over, nobody is. */
  member: Member
  readonly number: string
  readonly code: string
  comparison: Comparison | undefined
}

export function createSafetyScreens(init: {
  readonly extensionUri: vscode.Uri
  readonly boundary: Boundary
  readonly model: ChatModel
}): SafetyScreens {
  const { extensionUri, boundary, model } = init
  const screens = new Map<PersonId, Screen>()

  const draw = (person: PersonId, screen: Screen): void => {
    const { conversations, network, identity } = model.snapshot
    const known = memberIn(conversations, person)
    // As soon as it is known again who is there, whoever is not is a contact no more.
    if (known === undefined && identity !== undefined) {
      screen.panel.dispose()
      return
    }
    if (known !== undefined) screen.member = known
    const online = network?.links.some((link) => link.person === person) === true
    const { member, number, code, comparison } = screen
    screen.panel.show(safetyCard({ member, number, code, online, comparison }, vscode.l10n))
  }

  const open = async (person: PersonId): Promise<void> => {
    const present = screens.get(person)
    if (present !== undefined) {
      present.panel.reveal()
      return
    }
    const { number, code } = await model.request('safety/number', { person })
    const { comparison } = await model.request('safety/comparison', { person })
    // Asked for twice, it opens once.
    if (screens.has(person)) return
    const member = memberIn(model.snapshot.conversations, person) ?? { person, name: '', verified: false }
    const panel = createCardPanel({
      extensionUri,
      boundary,
      title: vscode.l10n.t('Safety number with {0}', safeName(member.name)),
      act: (action) => act(model, person, action as SafetyAction),
      onDispose: () => screens.delete(person),
    })
    // How the last one ended is of no interest any more.
    const running = comparison === null || comparison.kind === 'ended' ? undefined : comparison
    const screen: Screen = { panel, member, number, code, comparison: running }
    screens.set(person, screen)
    draw(person, screen)
  }

  const held = vscode.Disposable.from(
    model.onDidChange(() => {
      for (const [person, screen] of screens) draw(person, screen)
    }),
    model.on('safety/changed', ({ person, comparison }) => {
      const screen = screens.get(person)
      if (screen !== undefined) {
        screen.comparison = comparison
        draw(person, screen)
      } else if (comparison.kind === 'asked') void boundary.run('a comparison', () => askToCompare(person))
    }),
  )
  const askToCompare = async (person: PersonId): Promise<void> => {
    const name = safeName(memberIn(model.snapshot.conversations, person)?.name ?? '')
    const show = vscode.l10n.t('Show Safety Number')
    const question = vscode.l10n.t('{0} wants to compare safety numbers live. Do it while you talk to them.', name)
    if ((await vscode.window.showInformationMessage(question, show)) === show) await open(person)
  }
  return {
    async open(whose) {
      await open('person' in whose ? whose.person : await peerOf(model, whose.conversation))
    },
    dispose() {
      held.dispose()
      for (const { panel } of screens.values()) panel.dispose()
    },
  }
}

async function act(model: ChatModel, person: PersonId, action: SafetyAction): Promise<void> {
  switch (action) {
    case 'copy': {
      const { number } = await model.request('safety/number', { person })
      await vscode.env.clipboard.writeText((number.match(/.{1,5}/g) ?? []).join(' '))
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied the safety number.'), 3_000)
      return
    }
    case 'scan':
      await checkScan(model, person)
      return
    case 'verify':
    case 'unverify':
      await model.request('safety/verify', { person, verified: action === 'verify' })
      return
    case 'compare':
      await model.request('safety/compare', { person })
      return
    case 'same':
    case 'different':
      await model.request('safety/judge', { person, verdict: action })
      return
    case 'cancel':
      await model.request('safety/judge', { person, verdict: 'cancelled' })
      return
    default:
      assertNever(action)
  }
}

async function checkScan(model: ChatModel, person: PersonId): Promise<void> {
  const code = await vscode.window.showInputBox({
    title: vscode.l10n.t('Check a Scanned Code'),
    prompt: vscode.l10n.t('Paste what a scanner read from the other side’s safety screen.'),
    ignoreFocusOut: true,
  })
  if (code === undefined || code.trim() === '') return
  const { outcome } = await model.request('safety/scan', { person, code })
  const sentence = scanSentence(outcome)
  if (outcome !== 'same') {
    await vscode.window.showWarningMessage(sentence, { modal: outcome === 'different' })
    return
  }
  const mark = vscode.l10n.t('Mark as Verified')
  const choice = await vscode.window.showInformationMessage(sentence, mark)
  if (choice === mark) await model.request('safety/verify', { person, verified: true })
}

function scanSentence(outcome: ScanOutcome): string {
  switch (outcome) {
    case 'same':
      return vscode.l10n.t('The code is right: nobody sits between you.')
    case 'different':
      return vscode.l10n.t(
        'The code is of other keys. Was it shown to you by the right person, for you? If so, somebody may sit between you.',
      )
    case 'other-version':
      return vscode.l10n.t('The code was made by another version of Tincan. Update it on both sides.')
    case 'unreadable':
      return vscode.l10n.t('This is no code of a Tincan safety screen.')
    default:
      return assertNever(outcome)
  }
}

function memberIn(conversations: readonly Conversation[], person: PersonId): Member | undefined {
  return conversations.flatMap(({ members }) => members).find((member) => member.person === person)
}

async function peerOf(model: ChatModel, conversation: ConversationId): Promise<PersonId> {
  const found = (await model.request('conversation/list', {})).find(({ id }) => id === conversation)
  const [member] = found?.kind === 'direct' ? found.members : []
  if (member === undefined) throw chatError('unknown-conversation')
  return member.person
}
