import type { FrameLocator, Locator } from 'playwright-core'
import type { Workbench } from '../harness/workbench.ts'

/** A page of few things in the editor tab that is in front: a safety number, an invite. */
export interface CardPage {
  readonly frame: FrameLocator
  readonly button: (name: string) => Locator
  /** How it stands: one of the sentences on the page. */
  readonly status: (text: string | RegExp) => Locator
}

export function cardPage(workbench: Workbench): CardPage {
  const frame = workbench.webview('editor')
  return {
    frame,
    button: (name) => frame.getByRole('button', { name, exact: true }),
    status: (text) => frame.getByRole('status').filter({ hasText: text }),
  }
}
