import * as vscode from 'vscode'
import { searchable } from '../../core/search/searchable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { SearchHit } from '../../shared/search.ts'
import type { Boundary } from '../boundary.ts'
import { conversationOf } from '../conversations/commandArguments.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { ConversationPanels } from '../view/conversationPanels.ts'
import type { GoTo } from '../view/goTo.ts'
import { foundTexts } from './excerpt.ts'
import { askForDate } from './goToDate.ts'
import type { Matches } from './matches.ts'
import { pageHits, pickHit } from './searchPick.ts'

/** How long the status bar says which match is shown. */
const statusMs = 4_000

/** The commands that find messages, and go from one to the next. */
export function registerSearchCommands(init: {
  readonly boundary: Boundary
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly panels: ConversationPanels
  readonly goTo: GoTo
}): vscode.Disposable {
  const { boundary, model, shown, panels, goTo } = init
  let matches: Matches | undefined

  const goToHit = async (
    { conversation, message: { id, body } }: SearchHit,
    ranges: SearchHit['ranges'],
  ): Promise<void> => {
    const marks = foundTexts(searchable(body)?.text ?? '', ranges)
    await goTo({ conversation, message: id, marks })
    if (matches === undefined) return
    const { position, hits, hasMore } = matches
    const count = hasMore ? `${hits.length}+` : String(hits.length)
    vscode.window.setStatusBarMessage(vscode.l10n.t('Match {0} of {1}', position, count), statusMs)
  }
  const search = async (conversation: ConversationId | undefined): Promise<void> => {
    const chosen = await pickHit(
      model,
      conversation,
      (error) => void boundary.run('search', () => Promise.reject(error as Error)),
    )
    if (chosen === undefined) return
    matches = chosen.matches
    matches.choose(chosen.hit)
    await vscode.commands.executeCommand('setContext', 'tincan.hasMatches', true)
    await goToHit(chosen.hit, chosen.hit.ranges)
  }
  const step = async (by: 1 | -1): Promise<void> => {
    if (matches === undefined) return search(undefined)
    const hit = await matches.step(by, pageHits)
    if (hit !== undefined) return goToHit(hit, hit.ranges)
    const sentence = by > 0 ? vscode.l10n.t('There is no older match.') : vscode.l10n.t('There is no newer match.')
    vscode.window.setStatusBarMessage(sentence, statusMs)
  }
  const goToDate = async (argument: unknown): Promise<void> => {
    const question = vscode.l10n.t('Go to a date in which conversation?')
    const here = conversationOf(argument) ?? panels.active ?? shown.current
    const conversation = here ?? (await pickConversation(model, question))?.id
    const time = conversation === undefined ? undefined : await askForDate()
    if (conversation === undefined || time === undefined) return
    const found = await model.request('conversation/atTime', { conversation, time })
    if (found !== null) return goTo({ conversation, message: found.message, marks: [] })
    void vscode.window.showInformationMessage(vscode.l10n.t('This conversation has no messages yet.'))
  }
  const nextUnread = async (): Promise<void> => {
    const here = shown.current
    const unread = model.snapshot.conversations.filter(({ unread: count }) => count > 0)
    const next = unread.find(({ id }) => id !== here) ?? unread[0]
    if (next !== undefined) return shown.reveal(next.id)
    vscode.window.setStatusBarMessage(vscode.l10n.t('Nothing is unread.'), statusMs)
  }

  return vscode.Disposable.from(
    boundary.command('tincan.search', () => search(undefined)),
    boundary.command('tincan.searchHere', (argument) =>
      search(conversationOf(argument) ?? panels.active ?? shown.current),
    ),
    boundary.command('tincan.nextMatch', () => step(1)),
    boundary.command('tincan.previousMatch', () => step(-1)),
    boundary.command('tincan.goToDate', goToDate),
    boundary.command('tincan.nextUnread', nextUnread),
  )
}
