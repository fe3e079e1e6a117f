/**
 * The other side of the door, in the page: keeps what the webview posts and its saved state, and counts what the
 * content security policy had to stop. A test sets `answer` to play the host.
 */
export interface FakeHost {
  readonly posted: unknown[]
  readonly violations: string[]
  readonly errors: string[]
  answer: (message: { readonly type: string } & Record<string, unknown>) => void
  send: (message: unknown) => void
}

declare global {
  interface Window {
    fakeHost: FakeHost
    acquireVsCodeApi: () => unknown
  }
}

const stateKey = 'webview state'

window.fakeHost = {
  posted: [],
  violations: [],
  errors: [],
  answer: () => undefined,
  send: (message) => {
    window.postMessage(message, '*')
  },
}

document.addEventListener('securitypolicyviolation', (event) => {
  window.fakeHost.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})
window.addEventListener('error', (event) => {
  // Chromium says so when rows that were measured bring new rows, which it then measures in the next frame.
  if (event.message.startsWith('ResizeObserver loop')) return
  window.fakeHost.errors.push(event.message)
})
window.addEventListener('unhandledrejection', (event) => {
  window.fakeHost.errors.push(String(event.reason))
})

window.acquireVsCodeApi = () => ({
  postMessage: (message: { readonly type: string } & Record<string, unknown>) => {
    window.fakeHost.posted.push(structuredClone(message))
    window.fakeHost.answer(message)
  },
  getState: () => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null') as unknown,
  setState: (state: unknown) => {
    sessionStorage.setItem(stateKey, JSON.stringify(state))
  },
})
