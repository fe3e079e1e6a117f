import type { HostToWebview, WebviewToHost } from '../shared/webviewProtocol.ts'

/** The one door out of the webview. */
export interface VsCodeApi {
  post(message: WebviewToHost): void
  /** What `setState` kept over a reload of this webview; from disk, so of any shape. */
  getState(): unknown
  setState(state: unknown): void
}

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void
  getState(): unknown
  setState(state: unknown): void
}

/** Opens the door. The editor lets this happen once. */
export function openVsCodeApi(): VsCodeApi {
  const api = acquireVsCodeApi()
  return {
    post: (message) => {
      api.postMessage(message)
    },
    getState: () => api.getState(),
    setState: (state) => {
      api.setState(state)
    },
  }
}

const hostTypes: Readonly<Record<HostToWebview['type'], true>> = {
  screen: true,
  added: true,
  changed: true,
  conversation: true,
  older: true,
  newer: true,
  window: true,
  members: true,
  pinned: true,
  sendResult: true,
  clones: true,
  snippetPlace: true,
  attachments: true,
  patchTried: true,
  highlighted: true,
  themeChanged: true,
  store: true,
  failed: true,
  focusComposer: true,
  compose: true,
  messageKey: true,
  removed: true,
  unselect: true,
  thread: true,
  inThread: true,
  fileState: true,
  fileContent: true,
  uploadNext: true,
  makeThumbnail: true,
}

/**
 * Calls back with what the host says. The host is the same extension in the same version, so that only the type is
 * checked: what has none that is known, such as messages of other frames, is ignored.
 */
export function onHostMessage(listener: (message: HostToWebview) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data !== 'object' || data === null || !('type' in data)) return
    if (typeof data.type === 'string' && Object.hasOwn(hostTypes, data.type)) listener(data as HostToWebview)
  })
}
