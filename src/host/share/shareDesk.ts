import * as vscode from 'vscode'
import type { ConversationId } from '../../shared/ids.ts'
import type { Conversation, SendBody } from '../../shared/service.ts'
import { sayThereAreNone } from '../conversations/pickConversation.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import { scanBody } from '../guard/scanBody.ts'
import { secretSentence } from '../guard/secretWords.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { Draft, ReadyDraft } from './draft.ts'
import { pickReceiver } from './pickReceiver.ts'
import { previewText } from './previewText.ts'
import type { PreviewText } from './previewText.ts'
import type { Previews, ShownPreview } from './previews.ts'

/** Where everything that is shared passes before it leaves: shown, looked through for secrets, and only then sent. */
export interface ShareDesk {
  /** Shares a draft with a conversation, or with one that the user picks. Says so where there is nothing to share. */
  share(draft: Draft, conversation?: ConversationId): Promise<void>
}

/** The question lies over the top of the preview: as many lines as its title takes, and at most so many more. */
const titleLines = 3
const maxLinesAbove = 8

export function createShareDesk(init: {
  readonly model: ChatModel
  readonly shown: OpenConversation
  readonly previews: Previews
}): ShareDesk {
  const { model, shown, previews } = init

  /** Those who may get it, the likeliest first. */
  const receivers = async (only: ConversationId | undefined): Promise<readonly Conversation[]> => {
    const all = await model.request('conversation/list', {})
    if (only !== undefined) return all.filter(({ id }) => id === only)
    return [...all].sort((a, b) => Number(b.id === shown.current) - Number(a.id === shown.current))
  }

  /** Shows the draft and asks who gets it. */
  const ask = async (
    draft: ReadyDraft,
    conversations: readonly Conversation[],
  ): Promise<{ readonly to: ConversationId; readonly bodies: readonly SendBody[] } | undefined> => {
    const settings = vscode.workspace.getConfiguration('tincan.share')
    let isAround = draft.withSurroundings !== undefined && settings.get('surroundings') === true
    const chosen = (): readonly SendBody[] => (isAround ? (draft.withSurroundings ?? draft.bodies) : draft.bodies)
    const [only] = conversations
    if (settings.get('preview') === false && conversations.length === 1 && only !== undefined)
      return { to: only.id, bodies: chosen() }

    const linesAbove = titleLines + Math.min(conversations.length, maxLinesAbove)
    const lookAt = () => look(chosen(), draft.notes ?? [], linesAbove)
    const { preview, warning } = await lookAt()
    const page: ShownPreview | undefined =
      settings.get('preview') === false ? undefined : await previews.show(preview, draft.what)
    try {
      const to = await pickReceiver({
        what: draft.what,
        conversations,
        warning,
        ...(draft.withSurroundings === undefined
          ? {}
          : {
              surroundings: {
                isOn: isAround,
                toggle: async () => {
                  isAround = !isAround
                  await page?.update((await lookAt()).preview)
                },
              },
            }),
      })
      return to === undefined ? undefined : { to, bodies: chosen() }
    } finally {
      await page?.close()
    }
  }

  return {
    async share(draft, conversation) {
      if (draft.kind === 'refused') void vscode.window.showInformationMessage(draft.sentence)
      if (draft.kind !== 'ready') return
      const conversations = await receivers(conversation)
      if (conversations.length === 0) return sayThereAreNone()
      const wish = await ask(draft, conversations)
      if (wish === undefined) return
      const wanted: SendBody[] = []
      for (const body of wish.bodies) {
        const allowed = await askAboutSecrets(body)
        if (allowed === undefined) return
        wanted.push(allowed)
      }
      for (const body of wanted) await model.request('message/send', { conversation: wish.to, body })
      if (conversation === undefined) await shown.reveal(wish.to)
    },
  }
}

/** What a preview shows of these messages, and what the guard says of them. */
async function look(
  bodies: readonly SendBody[],
  notes: readonly string[],
  linesAbove: number,
): Promise<{ readonly preview: PreviewText; readonly warning: string | undefined }> {
  const messages = await Promise.all(bodies.map(async (body) => ({ body, findings: await scanBody(body) })))
  const findings = messages.flatMap((message) => message.findings)
  return {
    preview: previewText(messages, notes, vscode.l10n, linesAbove),
    warning: findings.length === 0 ? undefined : secretSentence(findings, vscode.l10n),
  }
}
