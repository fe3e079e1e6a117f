import * as vscode from 'vscode'
import { searchable } from '../../core/search/searchable.ts'
import type { TextRange } from '../../shared/search.ts'
import type { MessageBody } from '../../shared/service.ts'
import { excerpt } from './excerpt.ts'

/** A message in one line for a row of the editor, with an icon of its kind: what was said around the first of `ranges`. */
export function messageLabel(body: MessageBody, ranges: readonly TextRange[] = []): string {
  const text =
    body.kind === 'unreadable' && body.why === 'erased'
      ? vscode.l10n.t('This message was deleted.')
      : excerpt(searchable(body)?.text ?? '', ranges)
  return `$(${iconOf(body)}) ${text}`
}

function iconOf({ kind }: MessageBody): string {
  if (kind === 'file') return 'file'
  return kind === 'snippet' || kind === 'patch' ? 'code' : 'comment'
}
