import type * as vscode from 'vscode'
import type { Log } from '../../core/ports/log.ts'
import { ChatError } from '../../shared/chatError.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'
import type { HostToWebview, WebviewToHost } from '../../shared/webviewProtocol.ts'
import { errorSentence } from '../errorSentence.ts'
import { secretSentence } from '../guard/secretWords.ts'
import type { ChatModel } from '../life/chatModel.ts'

export interface TextSenderInit {
  readonly model: Pick<ChatModel, 'request'>
  /** What in a body looks like a secret. */
  readonly scan: (body: SendBody) => Promise<readonly SecretFinding[]>
  readonly l10n: Pick<typeof vscode.l10n, 't'>
  readonly log: Log
}

/** Sends what was written in one webview, and answers each with its result. Never rejects. */
export type TextSender = (
  message: Extract<WebviewToHost, { type: 'send' }>,
) => Promise<Extract<HostToWebview, { type: 'sendResult' }>>

/** A sender that holds back what looks like a secret, and keeps the order in which things were said. */
export function createTextSender({ model, scan, l10n, log }: TextSenderInit): TextSender {
  /** The scans before this one are over. */
  let scanned: Promise<unknown> = Promise.resolve()
  const scanInTurn = (body: SendBody): Promise<readonly SecretFinding[]> => {
    const scanning = scanned.then(() => scan(body))
    scanned = scanning.catch(() => undefined)
    return scanning
  }
  return async ({ request, conversation, text, mentions, anyway, replyTo, thread }) => {
    try {
      const place = { ...(mentions && { mentions }), ...(replyTo && { replyTo }), ...(thread && { thread }) }
      const body = { kind: 'text', text, ...place } as const
      const found = await scanInTurn(body)
      const findings = anyway === true ? [] : found
      if (findings.length > 0)
        return { type: 'sendResult', request, sentence: secretSentence(findings, l10n), findings }
      const { id } = await model.request('message/send', { conversation, body })
      return { type: 'sendResult', request, id }
    } catch (error) {
      if (!(error instanceof ChatError)) log.error('sending', error)
      return { type: 'sendResult', request, sentence: errorSentence(error, l10n) }
    }
  }
}
