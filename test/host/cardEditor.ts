/** Of an editor, what the tabs of cards need: the source of a module in its place, for `importWithEditor`. */
export const cardEditor = `
globalThis.panels = []
const emitter = () => {
  const listeners = new Set()
  return {
    event: (listener) => (listeners.add(listener), { dispose: () => listeners.delete(listener) }),
    fire: (value) => [...listeners].forEach((listener) => listener(value)),
  }
}
export const window = {
  createWebviewPanel: (_, title) => {
    const [received, gone] = [emitter(), emitter()]
    const posted = []
    const panel = {
      title, posted, isOpen: true, revealed: 0,
      say: received.fire,
      webview: {
        asWebviewUri: (uri) => uri,
        cspSource: '',
        onDidReceiveMessage: received.event,
        postMessage: (message) => void posted.push(message),
      },
      onDidDispose: gone.event,
      reveal: () => void (panel.revealed += 1),
      dispose: () => {
        if (!panel.isOpen) return
        panel.isOpen = false
        gone.fire()
      },
    }
    globalThis.panels.push(panel)
    return panel
  },
  showInformationMessage: async () => undefined,
  showWarningMessage: async () => undefined,
  setStatusBarMessage: () => undefined,
}
export const commands = { executeCommand: async () => undefined }
export const env = { language: 'en', clipboard: { writeText: async (text) => void (globalThis.copied = text) } }
export const ViewColumn = { Active: -1 }
export const Uri = { joinPath: () => ({ toString: () => '' }) }
export const Disposable = { from: (...all) => ({ dispose: () => all.forEach((one) => one.dispose()) }) }
export const l10n = { t: (text, ...filled) => text.replace(/\\{(\\d)\\}/g, (_, index) => filled[index]) }`

/** A tab as the user has it. */
export interface OpenPanel {
  readonly title: string
  readonly isOpen: boolean
  /** How often it was brought to the front again. */
  readonly revealed: number
  readonly posted: readonly unknown[]
  /** What its page says to the host. */
  say(message: unknown): void
}

/** The tabs of the editor that a module was imported with, and none at first. */
export function panelsOf(): OpenPanel[] {
  const { panels } = globalThis as unknown as { panels: OpenPanel[] }
  panels.splice(0)
  return panels
}
