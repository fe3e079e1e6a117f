import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import '../code/codeBlock.ts'
import { markDeceptions } from '../code/markDeceptions.ts'
import { shownName } from '../../shared/shownName.ts'
import { icon } from '../icon.ts'
import { directionOf } from '../text/directionOf.ts'
import type { View } from '../view.ts'
import type { Block, Cell, Inline } from './model.ts'
import { plainText } from './plainText.ts'

/**
 * Markdown as templates. `reachable`: whether Tab reaches its links and buttons. `renderText` renders what is plain text
 * outside of code.
 */
export function renderMarkdown(
  view: View,
  blocks: readonly Block[],
  reachable: boolean,
  renderText: (text: string) => unknown = (text) => text,
): readonly TemplateResult[] {
  const tabIndex = reachable ? 0 : -1
  const renderBlocks = (list: readonly Block[]): readonly TemplateResult[] => list.map(renderBlock)
  const inlines = (list: readonly Inline[]): readonly unknown[] => list.map(renderInline)

  function renderBlock(block: Block): TemplateResult {
    switch (block.kind) {
      case 'paragraph':
        return html`<p dir="auto">${inlines(block.inlines)}</p>`
      case 'heading':
        return html`<p dir="auto" class="heading level-${block.level}">${inlines(block.inlines)}</p>`
      case 'list': {
        const items = block.items.map(
          (item) => html`<li dir=${directionOf(plainText(item))}>${renderBlocks(item)}</li>`,
        )
        return block.ordered
          ? html`<ol start=${block.start}>
              ${items}
            </ol>`
          : html`<ul>
              ${items}
            </ul>`
      }
      case 'quote':
        return html`<blockquote dir=${directionOf(plainText(block.blocks))}>${renderBlocks(block.blocks)}</blockquote>`
      case 'code': {
        const label = block.language === '' ? view.t('code') : view.t('codeIn', block.language)
        return html`<tincan-code
          .view=${view}
          .language=${block.language}
          .text=${block.text}
          .label=${label}
          .reachable=${reachable}
        ></tincan-code>`
      }
      case 'table':
        return html`<div class="table">
          <table>
            <thead>
              <tr>
                ${block.head.map((cell) => html`<th scope="col" dir="auto">${renderCell(cell)}</th>`)}
              </tr>
            </thead>
            <tbody>
              ${block.rows.map(
                (row) =>
                  html`<tr>
                    ${row.map((cell) => html`<td dir="auto">${renderCell(cell)}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>`
      case 'rule':
        return html`<hr />`
    }
  }

  const renderCell = (cell: Cell): readonly unknown[] => inlines(cell)

  function renderInline(inline: Inline): unknown {
    switch (inline.kind) {
      case 'text':
        return renderText(inline.text)
      case 'strong':
        return html`<strong>${inlines(inline.inlines)}</strong>`
      case 'emphasis':
        return html`<em>${inlines(inline.inlines)}</em>`
      case 'deleted':
        return html`<del>${inlines(inline.inlines)}</del>`
      case 'code':
        return html`<code dir="auto">${markDeceptions(view, inline.text)}</code>`
      case 'place':
        return html`<button
          type="button"
          class="place-link ${inline.isCode ? 'code' : ''}"
          title=${view.t('openPlace', shownName(inline.text))}
          tabindex=${tabIndex}
          @click=${() => {
            view.post({ type: 'openPlace', place: inline.place })
          }}
        >
          ${markDeceptions(view, inline.text)}
        </button>`
      case 'message': {
        const { address, inlines: named } = inline
        return html`<button
          type="button"
          class="place-link"
          title=${view.t('openMessageLink')}
          tabindex=${tabIndex}
          @click=${() => {
            view.post({ type: 'openMessage', ...address })
          }}
        >
          ${icon('comment')} ${named === undefined ? view.t('messageLink') : inlines(named)}
        </button>`
      }
      case 'break':
        return html`<br />`
      case 'link':
        return link(inline.href, inlines(inline.inlines))
      case 'image': {
        const text = view.t('image', inline.alt === '' ? (inline.href ?? '') : inline.alt)
        return inline.href === undefined ? text : link(inline.href, text)
      }
    }
  }

  /** A click never navigates: the host shows the whole address and asks. */
  const link = (href: string, content: unknown): TemplateResult =>
    html`<a
      href=${href}
      title=${href}
      tabindex=${tabIndex}
      rel="noreferrer"
      @click=${(event: Event) => {
        open(event, href)
      }}
      @auxclick=${(event: Event) => {
        open(event, href)
      }}
      >${content}</a
    >`

  function open(event: Event, url: string): void {
    event.preventDefault()
    event.stopPropagation()
    view.post({ type: 'openLink', url })
  }

  return blocks.length === 0 ? [html`${nothing}`] : renderBlocks(blocks)
}
