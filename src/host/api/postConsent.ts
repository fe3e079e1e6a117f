import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { SendBody } from '../../shared/service.ts'
import { pickConversation } from '../conversations/pickConversation.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import type { Poster } from './postDoor.ts'
import type { PostGrants } from './postGrants.ts'

/** The most characters of a body that the question shows; of a longer one it says how much there is. */
const maxShownLength = 1_500

/** Asks whether and where an extension may post something; `undefined`: not at all. */
export async function askToPost(
  model: ChatModel,
  { name }: Poster,
  body: SendBody,
): Promise<{ conversation: ConversationId; isForGood: boolean } | undefined> {
  const target = await pickConversation(model, vscode.l10n.t('{0} wants to post something. Where to?', safeName(name)))
  if (target === undefined) return undefined
  const [send, always] = [vscode.l10n.t('Post'), vscode.l10n.t('Always Allow There')]
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Post this in your name to {0}, for {1}?', safeName(target.title), safeName(name)),
    { modal: true, detail: shownText(body.text) },
    send,
    always,
  )
  return answer === undefined ? undefined : { conversation: target.id, isForGood: answer === always }
}

/** Lists what extensions may post without asking, and takes it back. */
export async function managePostGrants(model: ChatModel, grants: PostGrants): Promise<void> {
  const items = grants.all.map(({ extension, conversation }) => {
    const { title } = model.snapshot.conversations.find(({ id }) => id === conversation) ?? { title: '' }
    const known = vscode.extensions.getExtension<unknown>(extension)
    return {
      label: known === undefined ? extension : nameOf(known),
      description: title === '' ? '' : vscode.l10n.t('posts to {0}', safeName(title)),
      extension,
    }
  })
  if (items.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('No extension may post without asking you.'))
    return
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Extensions That Post Without Asking'),
    placeHolder: vscode.l10n.t('Choose one that is to ask again.'),
  })
  if (picked !== undefined) await grants.revoke(picked.extension)
}

/** The extension of an id, as a question names it. */
export function findPoster(id: string): Poster | undefined {
  const extension = vscode.extensions.getExtension<unknown>(id)
  return extension && { id: extension.id.toLowerCase(), name: nameOf(extension) }
}

function nameOf({ id, packageJSON }: vscode.Extension<unknown>): string {
  const { displayName } = packageJSON as { readonly displayName?: unknown }
  return typeof displayName === 'string' ? `${displayName} (${id})` : id
}

function shownText(text: string): string {
  const left = text.length - maxShownLength
  return left <= 0 ? text : `${text.slice(0, maxShownLength)}\n${vscode.l10n.t('… and {0} characters more', left)}`
}
