import { assertNever } from '../../shared/assertNever.ts'
import type { HostToWebview, WebviewToHost } from '../../shared/webviewProtocol.ts'
import type { Coloured } from '../highlight/protocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Desk } from './desk.ts'

/** Colours code. Never rejects. */
export type Highlight = (language: string, text: string) => Promise<Coloured>

/** What a webview says of code and of places in it. */
export type CodeMessage = Extract<
  WebviewToHost,
  { readonly type: 'code' | 'highlight' | 'snippet' | 'patch' | 'openPlace' | 'copyMessage' | 'openLink' }
>

/** A webview's end on the host's side, as far as code is concerned. */
export interface CodePort {
  handle(message: CodeMessage): Promise<void>
  /** Tells the webview which repositories are open. */
  postClones(): Promise<void>
}

export function createCodePort(init: {
  readonly desk: Desk
  readonly model: Pick<ChatModel, 'request'>
  readonly highlight: Highlight
  readonly post: (message: HostToWebview) => void
}): CodePort {
  const { desk, model, post } = init

  /** The body is the one on this disk: the webview names it and has no say in what it holds. */
  const runSnippet = async ({ action, conversation, message }: Extract<CodeMessage, { type: 'snippet' }>) => {
    const found = await model.request('message/get', { conversation, message })
    if (found?.body.kind !== 'snippet') return
    const place = await desk.snippet(action, found.body)
    if (place !== undefined) post({ type: 'snippetPlace', message, place })
  }
  return {
    async handle(message) {
      switch (message.type) {
        case 'code':
          return desk.code(message)
        case 'snippet':
          return runSnippet(message)
        case 'patch': {
          const trial = await desk.patch(message)
          if (trial !== undefined) post({ type: 'patchTried', message: message.message, trial })
          return
        }
        case 'openPlace':
          return desk.openPlace(message.place)
        case 'copyMessage':
          return desk.copy(message.text)
        case 'openLink':
          return desk.openLink(message.url)
        case 'highlight': {
          post({ type: 'highlighted', key: message.key, ...(await init.highlight(message.language, message.text)) })
          return
        }
        default:
          return assertNever(message)
      }
    },
    async postClones() {
      post({ type: 'clones', identities: await desk.cloneIdentities() })
    },
  }
}
