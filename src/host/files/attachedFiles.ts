import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as vscode from 'vscode'
import { chatError } from '../../shared/chatError.ts'
import { Emitter, type Disposable, type Event } from '../../shared/disposable.ts'
import { maxShownBytes } from '../../shared/fileProtocol.ts'
import { maxFileBytes, type Picture } from '../../shared/files.ts'
import { ownFileName } from '../../shared/fileName.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Placed } from '../../shared/messages.ts'
import { parsePictureHeader } from '../../shared/pictureHeader.ts'
import type { AttachmentShelf } from '../attach/attachmentShelf.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { eachInTurn } from './eachInTurn.ts'
import { mayBeSent, scanFile, warningOf } from './fileGuard.ts'
import { lookAtFile } from './lookAtFile.ts'
import { sendFile } from './sendFile.ts'
import { createTakenIn, type TakenIn } from './takenIn.ts'
import { untilWhole } from './untilWhole.ts'

/** A message does not wait longer for the small picture of what is attached to it. */
const thumbnailWithinMs = 3_000

export interface AttachedFiles extends Disposable {
  /** Asks which files are to be attached. */
  pick(conversation: ConversationId): Promise<void>
  /** Attaches a file of this machine. */
  add(conversation: ConversationId, place: vscode.Uri): Promise<void>
  /** Attaches a file that comes piece by piece; `undefined` where there is no room for it. */
  takeIn(
    conversation: ConversationId,
    file: { readonly name: string; readonly size: number; readonly picture?: Picture },
  ): Promise<TakenIn | undefined>
  /** Sends what is attached under this number; false: the user does not want that after all. */
  send(conversation: ConversationId, id: number, place: Pick<Placed, 'replyTo' | 'thread'>): Promise<boolean>
  /** Forgets what was attached. */
  drop(id: number): Promise<void>
  /** Some view is to make a small picture of this one. */
  readonly onWantsThumbnail: Event<{
    readonly conversation: ConversationId
    readonly id: number
    readonly data: Uint8Array
  }>
  /** Takes it, where it is still waited for. */
  takeThumbnail(id: number, picture: Picture | undefined): void
}

interface Attached {
  readonly name: string
  readonly source: { readonly path: string } | { readonly upload: string }
  readonly picture?: Promise<Picture | undefined> | undefined
}

export function createAttachedFiles(model: Pick<ChatModel, 'request' | 'on'>, shelf: AttachmentShelf): AttachedFiles {
  const attached = new Map<number, Attached>()
  /** The tokens of what is being sent. */
  const preparing = new Map<number, string>()
  const waiting = new Map<number, (picture: Picture | undefined) => void>()
  const wantsThumbnail = new Emitter<{ conversation: ConversationId; id: number; data: Uint8Array }>()
  const say = (sentence: string): void => void vscode.window.showInformationMessage(sentence)
  const noRoom = (): void => say(vscode.l10n.t('No more can be attached: send this message first.'))

  /** The small picture of a picture, made by a view: no picture is ever decoded in this process. */
  const thumbnailOf = async (conversation: ConversationId, id: number, path: string): Promise<Picture | undefined> => {
    const data = new Uint8Array(await readFile(path))
    let late: NodeJS.Timeout | undefined
    const made = new Promise<Picture | undefined>((resolve) => {
      waiting.set(id, resolve)
      late = setTimeout(() => resolve(undefined), thumbnailWithinMs)
    })
    wantsThumbnail.fire({ conversation, id, data })
    const picture = await made
    clearTimeout(late)
    waiting.delete(id)
    return picture
  }

  const add = async (conversation: ConversationId, place: vscode.Uri): Promise<void> => {
    const name = ownFileName(place.path)
    if (place.scheme !== 'file') {
      say(vscode.l10n.t('{0} is not on this machine, so it cannot be sent.', name))
      return
    }
    const found = await lookAtFile(place.fsPath)
    if (found === undefined) {
      say(vscode.l10n.t('{0} is no file.', name))
      return
    }
    const { size, beginning } = found
    if (size > maxFileBytes) throw chatError('file-too-large')
    const warning = warningOf(await scanFile(name, beginning))
    const id = shelf.addFile(conversation, { name, size, taken: size }, warning)
    if (id === undefined) {
      noRoom()
      return
    }
    const isPicture = size <= maxShownBytes && parsePictureHeader(beginning) !== undefined
    const picture = isPicture ? thumbnailOf(conversation, id, place.fsPath).catch(() => undefined) : undefined
    attached.set(id, { name, source: { path: place.fsPath }, picture })
  }

  const drop = async (id: number): Promise<void> => {
    const file = attached.get(id)
    attached.delete(id)
    // What is being prepared is not sent any more.
    const token = preparing.get(id) ?? (file !== undefined && 'upload' in file.source ? file.source.upload : undefined)
    if (token !== undefined) await model.request('file/abandon', { token })
  }

  return {
    add,
    onWantsThumbnail: wantsThumbnail.event,
    takeThumbnail: (id, picture) => waiting.get(id)?.(picture),
    async pick(conversation) {
      const openLabel = vscode.l10n.t('Attach')
      const places = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel })
      await eachInTurn(places ?? [], (place) => add(conversation, place))
    },
    async takeIn(conversation, { name: given, size, picture }) {
      if (size > maxFileBytes) throw chatError('file-too-large')
      const name = ownFileName(given)
      const { upload } = await model.request('file/begin', { size })
      const id = shelf.addFile(conversation, { name, size, taken: 0 })
      if (id === undefined) {
        await model.request('file/abandon', { token: upload })
        noRoom()
        return undefined
      }
      attached.set(id, { name, source: { upload }, picture: Promise.resolve(picture) })
      return createTakenIn({
        model,
        upload,
        size,
        name,
        tell: (changes) => shelf.changeFile(conversation, id, changes),
        drop: () => {
          shelf.remove(conversation, id)
          return drop(id)
        },
      })
    },
    async send(conversation, id, place) {
      const file = attached.get(id)
      if (file === undefined) return false
      const whole = await untilWhole(shelf, conversation, id)
      if (whole === undefined) return true
      if (whole.warning !== undefined && !(await mayBeSent(file.name, whole.warning))) return false
      const picture = await file.picture
      // Taken away while its small picture was waited for: nothing of it leaves.
      if (!attached.has(id)) return true
      const token = randomBytes(16).toString('hex')
      preparing.set(id, token)
      const sending = sendFile(model, {
        conversation,
        ...place,
        ...file.source,
        name: file.name,
        token,
        ...(picture && { picture }),
      }).finally(() => preparing.delete(id))
      const isSent = await sending
      if (isSent) attached.delete(id)
      return isSent
    },
    drop,
    dispose() {
      attached.clear()
      wantsThumbnail.dispose()
    },
  }
}
