import * as vscode from 'vscode'
import type { PersonId } from '../../shared/ids.ts'
import type { SearchHit } from '../../shared/search.ts'
import type { Conversation } from '../../shared/service.ts'
import { shortKey } from '../../shared/shortKey.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { formatTime } from '../text/formatTime.ts'
import { safeName } from '../text/safeName.ts'
import { messageLabel } from './messageLabel.ts'

/** A row of results. */
export interface HitItem extends vscode.QuickPickItem {
  readonly hit: SearchHit
}

/** A hit as a row: what was said on top, who said it where and when below. */
export function hitItem(hit: SearchHit, { conversations, identity }: ChatSnapshot, now: number): HitItem {
  const { body, author, sentAt } = hit.message
  const conversation = conversations.find(({ id }) => id === hit.conversation)
  const isSelf = identity?.kind === 'ready' && identity.identity.person === author
  const who = isSelf ? vscode.l10n.t('You') : authorName(conversation, author)
  const where = conversation === undefined ? '' : safeName(conversation.title)
  return {
    label: messageLabel(body, hit.ranges),
    detail: [who, ...(where === who ? [] : [where]), formatTime(sentAt, vscode.env.language, now)].join('  ·  '),
    // What fits is for the search to say, not for the editor's own filter.
    alwaysShow: true,
    hit,
  }
}

function authorName(conversation: Conversation | undefined, person: PersonId): string {
  const all = [...(conversation?.members ?? []), ...(conversation?.room?.former ?? [])]
  const name = all.find((member) => member.person === person)?.name
  return name === undefined ? shortKey(person) : safeName(name)
}
