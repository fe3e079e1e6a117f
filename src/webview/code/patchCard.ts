import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { PatchBody } from '../../shared/service.ts'
import { findDeceptions } from '../../shared/trojanSource.ts'
import { icon } from '../icon.ts'
import type { View } from '../view.ts'
import { renderMarked } from './renderMarked.ts'

/** Changes to files under their title. */
export function patchCard(view: View, body: PatchBody, reachable: boolean): TemplateResult {
  const title = body.title ?? view.t('patch')
  const caption = html`${icon('diff')} <bdi>${renderMarked(view, title, 0, findDeceptions(title))}</bdi>`
  return html`<div class="snippet">
    <tincan-code
      .view=${view}
      .language=${'diff'}
      .text=${body.text}
      .caption=${caption}
      .label=${view.t('patch')}
      .reachable=${reachable}
    ></tincan-code>
  </div>`
}
