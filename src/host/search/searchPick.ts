import * as vscode from 'vscode'
import { DisposableStore } from '../../shared/disposable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { SearchHit } from '../../shared/search.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { hitItem } from './hitItem.ts'
import type { HitItem } from './hitItem.ts'
import { Matches } from './matches.ts'

/** Hits that are asked for at a time. */
export const pageHits = 50
/** While the index is still being built, it is asked again so often. */
const againMs = 300

/** A field of the query language, to be put in by choosing it. */
interface HintItem extends vscode.QuickPickItem {
  readonly insert: string
}
type Item = HitItem | HintItem

/** What the user chose: a hit, and all others of the same search. */
export interface ChosenHit {
  readonly hit: SearchHit
  readonly matches: Matches
}

/** Lets the user search with results as they type. `conversation`: only there, until a button says everywhere. */
export function pickHit(
  model: ChatModel,
  conversation: ConversationId | undefined,
  onFailure: (error: unknown) => void,
): Promise<ChosenHit | undefined> {
  const pick = vscode.window.createQuickPick<Item>()
  const held = new DisposableStore()
  const everywhere: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('globe'),
    tooltip: vscode.l10n.t('Search everywhere'),
  }
  let within = conversation
  let matches: Matches | undefined
  let again: NodeJS.Timeout | undefined

  const entitle = (): void => {
    const title = model.snapshot.conversations.find(({ id }) => id === within)?.title
    pick.title =
      title === undefined ? vscode.l10n.t('Search Messages') : vscode.l10n.t('Search in {0}', safeName(title))
    pick.buttons = within === undefined ? [] : [everywhere]
  }
  const show = (shown: Matches): void => {
    const now = Date.now()
    const active = pick.activeItems[0]
    const items = shown.hits.map((hit) => hitItem(hit, model.snapshot, now))
    pick.items = items
    const same = items.find(
      ({ hit }) => active !== undefined && 'hit' in active && active.hit.message.id === hit.message.id,
    )
    if (same !== undefined) pick.activeItems = [same]
    pick.busy = shown.unread > 0
    pick.placeholder = placeholder(shown.unread)
    if (shown.unread > 0) again = setTimeout(() => search(), againMs)
  }
  const search = (): void => {
    clearTimeout(again)
    if (pick.value.trim() === '') {
      matches = undefined
      pick.busy = false
      pick.placeholder = placeholder(0)
      pick.items = hints()
      // Asked for at once, so that the index is being built while the user types.
      model.request('search/messages', { query: '', limit: 1 }).catch(onFailure)
      return
    }
    const asked = new Matches(model, pick.value, within)
    matches = asked
    pick.busy = true
    asked.load(pageHits).then(
      () => {
        if (matches === asked && !held.isDisposed) show(asked)
      },
      (error: unknown) => {
        pick.busy = false
        onFailure(error)
      },
    )
  }
  const extend = (active: readonly Item[]): void => {
    const asked = matches
    if (asked === undefined || !asked.hasMore || active[0] !== pick.items.at(-1)) return
    asked.loadMore(pageHits).then(() => {
      if (matches === asked && !held.isDisposed) show(asked)
    }, onFailure)
  }

  return new Promise((resolve) => {
    held.add(pick.onDidChangeValue(search))
    held.add(pick.onDidChangeActive(extend))
    held.add(
      pick.onDidTriggerButton(() => {
        within = undefined
        entitle()
        search()
      }),
    )
    held.add(
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems
        if (chosen !== undefined && 'insert' in chosen) {
          pick.value = chosen.insert
          search()
          return
        }
        if (chosen !== undefined && matches !== undefined) resolve({ hit: chosen.hit, matches })
        pick.hide()
      }),
    )
    held.add(
      pick.onDidHide(() => {
        clearTimeout(again)
        held.dispose()
        pick.dispose()
        resolve(undefined)
      }),
    )
    entitle()
    search()
    pick.show()
  })
}

function placeholder(unread: number): string {
  return unread === 0
    ? vscode.l10n.t('Words, a beginning of one, or a "phrase"')
    : vscode.l10n.t('{0} messages are still being looked through', unread)
}

function hints(): readonly HintItem[] {
  const hint = (insert: string, description: string): HintItem => ({
    label: insert,
    description,
    insert,
    alwaysShow: true,
  })
  return [
    hint('from:', vscode.l10n.t('somebody’s name, or “me”')),
    hint('in:', vscode.l10n.t('a conversation or room')),
    hint('has:code', vscode.l10n.t('messages with code')),
    hint('has:link', vscode.l10n.t('messages with a link')),
    hint('has:file', vscode.l10n.t('files, and code of a named file')),
    hint('on:today', vscode.l10n.t('also before: and after:, with days such as 2026-11-28, months or years')),
  ]
}
