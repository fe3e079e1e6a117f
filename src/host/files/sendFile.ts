import * as vscode from 'vscode'
import { ChatError } from '../../shared/chatError.ts'
import type { FileRequests } from '../../shared/files.ts'
import type { ChatModel } from '../life/chatModel.ts'

/** What is done sooner than that is not shown. */
const shownAfterMs = 700

/**
 * Sends a file. What takes long is shown as a notification that tells how far it is, and where it can be stopped. False:
 * it was.
 */
export async function sendFile(
  model: Pick<ChatModel, 'request' | 'on'>,
  params: FileRequests['file/send']['params'] & { readonly token: string; readonly name: string },
): Promise<boolean> {
  const { token, name } = params
  const sending = model.request('file/send', params).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ChatError && error.code === 'file-abandoned') return false
      throw error
    },
  )
  const isQuick = await Promise.race([
    sending.then(
      () => true,
      () => true,
    ),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), shownAfterMs)),
  ])
  if (isQuick) return sending
  const title = vscode.l10n.t('Sealing {0}, to send it…', name)
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, cancelled) => {
      cancelled.onCancellationRequested(() => {
        // What cannot be stopped any more is told of by the sending itself.
        model.request('file/abandon', { token }).catch(() => undefined)
      })
      const percent = new Intl.NumberFormat(vscode.env.language, { style: 'percent' })
      let shown = 0
      const subscription = model.on('file/preparing', ({ token: of, bytes, size }) => {
        if (of !== token || size === 0) return
        const increment = (100 * bytes) / size - shown
        shown += increment
        progress.report({ message: percent.format(bytes / size), increment })
      })
      return sending.finally(() => subscription.dispose())
    },
  )
}
