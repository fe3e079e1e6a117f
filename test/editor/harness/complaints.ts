import type { BrowserContext } from 'playwright-core'

/** Something the browser or the extension host complained about, and where. */
export interface Complaint {
  readonly kind: 'policy' | 'error'
  readonly text: string
  readonly source: string
}

const policy = /Content Security Policy|Trusted ?(Type|HTML|Script)/i
const ours = /tincan/i
const webviewSource = /vscode-resource\.vscode-cdn\.net|\/contrib\/webview\/browser\/pre\//

/**
 * Collects what every page of a browser complains about, as far as it is ours: any error or policy violation in a
 * webview, and any error of the extension host that names us. VS Code's own noise stays out.
 */
export function collectComplaints(context: BrowserContext): Complaint[] {
  const complaints: Complaint[] = []
  context.on('console', (message) => {
    if (message.type() !== 'error') return
    const text = message.text()
    const source = message.location().url
    // The editor itself lies in a folder of this project's name; that alone makes no complaint ours.
    const spoken = text.replaceAll(/\S*code-server-\d\S*/g, '')
    if (webviewSource.test(source)) complaints.push({ kind: policy.test(text) ? 'policy' : 'error', text, source })
    else if (ours.test(spoken)) complaints.push({ kind: 'error', text, source })
  })
  context.on('weberror', (error) => {
    const stack = error.error().stack ?? error.error().message
    if (webviewSource.test(stack)) complaints.push({ kind: 'error', text: stack, source: error.page()?.url() ?? '' })
  })
  return complaints
}
