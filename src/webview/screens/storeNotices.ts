import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { StoreNotice } from '../../shared/webviewProtocol.ts'
import { icon } from '../icon.ts'
import { iconButton } from '../iconButton.ts'
import type { View } from '../view.ts'

/** What the user has to know of the place where everything is kept: that nothing can be kept now, or what was repaired. */
export function storeNotices(view: View, { trouble, repair }: StoreNotice): TemplateResult {
  const { t } = view
  return html`<div class="alert store-trouble" role="alert">
      ${
        trouble === undefined
          ? nothing
          : html`<p>
              ${icon('error')}
              <span
                >${trouble}
                <button
                  type="button"
                  class="link"
                  @click=${() => {
                    view.post({ type: 'retryStore' })
                  }}
                >
                  ${t('tryAgain')}
                </button></span
              >
            </p>`
      }
    </div>
    <div class="alert store-repair" role="status">
      ${
        repair === undefined
          ? nothing
          : html`<p>${icon('warning')} <span>${repair}</span></p>
              ${iconButton({
                icon: 'close',
                label: t('dismiss'),
                onClick: () => {
                  view.post({ type: 'noteRepair' })
                },
              })}`
      }
    </div>`
}
