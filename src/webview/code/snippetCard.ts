import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { SnippetBody } from '../../shared/service.ts'
import { shownName } from '../../shared/shownName.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'
import { filePath } from './filePath.ts'
import { markDeceptions } from './markDeceptions.ts'
import { snippetActions } from './snippetActions.ts'
import type { SnippetMessage } from './snippetActions.ts'

/** A piece of code with where it is from: file, lines, repository and commit. */
export function snippetCard(
  view: View,
  message: SnippetMessage,
  body: SnippetBody,
  reachable: boolean,
): TemplateResult {
  const { t } = view
  const lines = body.lines === undefined ? undefined : linesText(view, body.lines)
  const path = body.path === undefined ? undefined : shownName(body.path)
  const label = [t('snippet'), path, lines].filter((part) => part !== undefined).join(', ')
  const origin = [remoteHost(body.git?.remote), shortCommit(view, body.git?.commit)].filter(
    (part) => part !== undefined,
  )
  const caption = html`${icon('file-code')}
    <span class="snippet-where" title=${[path, lines].filter((part) => part !== undefined).join(', ')}>
      ${body.path === undefined ? html`<span class="code-language">${body.language}</span>` : filePath(view, body.path)}
      ${body.lines === undefined ? nothing : html`<span class="snippet-lines">:${shortLines(body.lines)}</span>`}
    </span>`
  return html`<div class="snippet">
    <tincan-code
      .view=${view}
      .language=${body.language}
      .text=${body.text}
      .path=${body.path}
      .firstLine=${body.lines?.first}
      .caption=${caption}
      .label=${label}
      .reachable=${reachable}
    ></tincan-code>
    ${
      origin.length === 0 && body.path === undefined
        ? nothing
        : html`<div class="snippet-origin">
            <span>${body.language}</span>
            ${origin.map((part) => html`<span title=${shownName(body.git?.remote ?? '')}>${markDeceptions(view, part)}</span>`)}
          </div>`
    }
    ${snippetActions(view, message, body, reachable ? 0 : -1)}
  </div>`
}

function linesText({ t }: View, { first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? t('line', first) : t('lines', first, last)
}

/** The lines as editors write them behind a path; `linesText` says them in words. */
function shortLines({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? String(first) : `${String(first)}–${String(last)}`
}

/** The host of a remote in either of its common spellings, or the remote as it is. */
function remoteHost(remote: string | undefined): string | undefined {
  if (remote === undefined) return undefined
  const match = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^:/]+)[:/](.*?)(?:\.git)?$/i.exec(remote)
  return match === null ? remote : `${match[1] ?? ''}/${match[2]?.replace(/^\//, '') ?? ''}`
}

const shortCommit = ({ t }: View, commit: string | undefined): string | undefined =>
  commit === undefined ? undefined : t('atCommit', commit.slice(0, 8))
