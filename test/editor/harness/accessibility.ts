import axe from 'axe-core'
import type { FrameLocator } from 'playwright-core'
import type { WebviewPlace } from './webviewPlaces.ts'

/** Something that keeps people out, and where. */
export interface Barrier {
  readonly rule: string
  readonly help: string
  readonly places: readonly string[]
}

/**
 * Scans what a webview shows now with axe-core: WCAG 2.2 A and AA, and the best practices that make sense in a part of
 * a page. A webview is no page of its own, so it needs no landmark and no level-one heading.
 */
export async function findBarriers(frame: FrameLocator, place: WebviewPlace): Promise<readonly Barrier[]> {
  const options: axe.RunOptions = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    rules: {
      'landmark-one-main': { enabled: false },
      'page-has-heading-one': { enabled: false },
      region: { enabled: false },
    },
    resultTypes: ['violations'],
  }
  // A webview lets the editor's own colour shine through, which the scanner cannot see: for it, the colour is put under.
  const colour = place === 'sideBar' ? '--vscode-sideBar-background' : '--vscode-editor-background'
  // The scanner is evaluated by the debugger: the view's policy refuses every script that a page would load.
  const html = frame.locator('html')
  if (!(await html.evaluate(() => 'axe' in window))) await html.evaluate(`(() => { ${axe.source} })()`)
  const scan = `(async () => {
    const root = document.documentElement
    root.style.setProperty('background-color', 'var(${colour})')
    try { return await window.axe.run(document, ${JSON.stringify(options)}) }
    finally { root.style.removeProperty('background-color') }
  })()`
  const found: axe.AxeResults = await html.evaluate(scan)
  return found.violations.map(({ id, help, nodes }) => ({
    rule: id,
    help,
    places: nodes.map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary ?? ''}`),
  }))
}
