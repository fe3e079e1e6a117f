import type { CardToHost, HostToCard } from '../../shared/card.ts'
import { CardPage } from './cardPage.ts'

declare function acquireVsCodeApi(): { postMessage(message: CardToHost): void }

const api = acquireVsCodeApi()
const page = new CardPage()
page.onAct = (action) => {
  api.postMessage({ type: 'act', action })
}
// The host is the same extension in the same version, so that only the type is checked.
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'card')
    page.card = (data as HostToCard).card
})
document.body.append(page)
api.postMessage({ type: 'ready' })
