import type { ChatInit } from '../chatInit.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Store } from '../ports/store.ts'
import type { SendOnce } from '../service/sendOnce.ts'
import type { Committer } from '../store/committer.ts'
import { RecordTable } from '../store/recordTable.ts'
import type { Vault } from '../store/vault.ts'
import { fileFormat } from './fileRecord.ts'
import { FileSending } from './fileSending.ts'
import { FileSettings } from './fileSettings.ts'
import { FileShelf } from './fileShelf.ts'
import { Files } from './files.ts'

export interface FilePartsInit extends Pick<ChatInit, 'blobs' | 'files' | 'clock' | 'random' | 'log'> {
  readonly store: Store
  readonly vault: Vault
  readonly committer: Committer
  readonly conversations: Conversations
  readonly sendOnce: SendOnce
}

/** Everything about files while an identity is open. */
export function createFileParts(init: FilePartsInit): { readonly files: Files; readonly sending: FileSending } {
  const { store, vault, committer } = init
  const shelf = new FileShelf({ ...init, table: new RecordTable(store, vault, fileFormat) })
  const settings = new FileSettings(new RecordTable(store, vault, FileSettings.format), committer)
  return { files: new Files({ ...init, shelf, settings }), sending: new FileSending({ ...init, shelf }) }
}
