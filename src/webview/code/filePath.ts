import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { shownName } from '../../shared/shownName.ts'
import type { View } from '../view.ts'
import { markDeceptions } from './markDeceptions.ts'

/** A name of plain characters, cut before the last few of them: where there is no room, its end is what must be seen. */
const plainName = /^([\x20-\x7e]{8,}?)([\w-]{0,4}(?:\.\w{1,8}){1,2})$/

/**
 * A path in one line: where there is no room, first its folder gives way and then the middle of its name, so that the end
 * of both can be seen. What deceives in it is marked, and the ending stands at the end in every script. It is heard, and
 * copied, in one piece.
 */
export function filePath(view: View, path: string): TemplateResult {
  const slash = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)]
  const before = html`<span class="path-folder ${folder.length > 3 ? 'long' : ''}"
      ><bdi dir="ltr">${markDeceptions(view, folder)}</bdi></span
    ><span class="path-slash">/</span>`
  return inOnePiece(path, html`${slash < 0 ? nothing : before}${nameParts(view, name)}`)
}

/** The name of a file in one line, which gives way in its middle. */
export const fileName = (view: View, name: string): TemplateResult => inOnePiece(name, nameParts(view, name))

const inOnePiece = (whole: string, parts: TemplateResult): TemplateResult =>
  html`<span class="hidden">${shownName(whole)}</span><span class="path" aria-hidden="true">${parts}</span>`

function nameParts(view: View, name: string): TemplateResult {
  const parts = plainName.exec(name)
  return html`<span class="path-name"
    >${
      parts === null
        ? html`<bdi dir="ltr" class="path-start">${markDeceptions(view, name)}</bdi>`
        : html`<span class="path-start">${parts[1]}</span><span class="path-end">${parts[2]}</span>`
    }</span
  >`
}
