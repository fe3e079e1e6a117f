import type * as vscode from 'vscode'
import type { HostToWebview } from '../../shared/webviewProtocol.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { storeNotice } from './storeWords.ts'

/** Tells one webview what the user has to know of the store, on whatever screen, as soon as it is something else. */
export interface StoreTeller {
  tell(): void
  /** The webview is new: it has been told nothing. */
  forget(): void
}

export function createStoreTeller(init: {
  readonly model: Pick<ChatModel, 'snapshot'>
  readonly l10n: Pick<typeof vscode.l10n, 't'>
  readonly post: (message: HostToWebview) => void
}): StoreTeller {
  let told = '{}'
  return {
    tell() {
      const notice = storeNotice(init.model.snapshot.store ?? {}, init.l10n)
      const said = JSON.stringify(notice)
      if (said === told) return
      told = said
      init.post({ type: 'store', notice })
    },
    forget() {
      told = '{}'
    },
  }
}
