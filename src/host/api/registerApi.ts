import type * as vscode from 'vscode'
import type { Boundary } from '../boundary.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { askToPost, findPoster, managePostGrants } from './postConsent.ts'
import { createPostDoor } from './postDoor.ts'
import { createPostGrants } from './postGrants.ts'
import type { TincanApi } from './tincanApi.ts'

/** Makes the door for other extensions, and the command that lists what they may do. */
export function registerApi(context: vscode.ExtensionContext, boundary: Boundary, model: ChatModel): TincanApi {
  const grants = createPostGrants(context.globalState)
  context.subscriptions.push(boundary.command('tincan.manageExtensions', () => managePostGrants(model, grants)))
  return createPostDoor({
    clock: { monotonicMs: () => performance.now() },
    grants,
    findExtension: findPoster,
    isThere: (conversation) => model.snapshot.conversations.some(({ id }) => id === conversation),
    ask: (poster, body) => askToPost(model, poster, body),
    async send(conversation, body) {
      const wanted = await askAboutSecrets(body)
      if (wanted === undefined) return false
      await model.request('message/send', { conversation, body: wanted })
      return true
    },
  })
}
