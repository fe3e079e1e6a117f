import type { BrowserContext } from 'playwright-core'

/** Where a webview can be. */
export type WebviewPlace = 'sideBar' | 'editor'

/**
 * Marks the frame of each webview in sight with where it is. VS Code keeps these frames outside the views and tabs they
 * belong to, laid over them: only their place on the screen tells them apart.
 */
export async function markWebviews(context: BrowserContext): Promise<void> {
  await context.addInitScript(mark)
}

/** Finds the marked frame. */
export function webviewSelector(place: WebviewPlace): string {
  return `iframe.webview.ready[data-place="${place}"]`
}

/** Runs in every page; only the workbench itself has such parts. */
const mark = `
if (window === window.top) setInterval(() => {
  const parts = { sideBar: 'workbench.parts.sidebar', editor: 'workbench.parts.editor' }
  for (const frame of document.querySelectorAll('iframe.webview')) {
    const { x, y, width, height } = frame.getBoundingClientRect()
    const isShown = width > 0 && height > 0 && frame.checkVisibility({ visibilityProperty: true })
    const place = Object.keys(parts).find((name) => {
      const part = document.getElementById(parts[name])?.getBoundingClientRect()
      const [midX, midY] = [x + width / 2, y + height / 2]
      return part && midX > part.left && midX < part.right && midY > part.top && midY < part.bottom
    })
    if (isShown && place) frame.dataset.place = place
    else delete frame.dataset.place
  }
}, 50)`
