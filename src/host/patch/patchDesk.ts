import * as vscode from 'vscode'
import type { Disposable } from '../../shared/disposable.ts'
import type { PatchPlan } from '../../shared/patch/planPatch.ts'
import type { Message, PatchBody } from '../../shared/service.ts'
import type { PatchTrial } from '../../shared/patch/patchTrial.ts'
import type { Clones } from '../clone/clones.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { PatchRequest } from '../view/desk.ts'
import { applyPatch } from './applyPatch.ts'
import { createPatchDocuments } from './patchDocuments.ts'
import { viewPatch } from './viewPatch.ts'

/** Does what the user asked to do with a patch of a conversation. */
export interface PatchDesk extends Disposable {
  /** Answers what became of the patch's parts here, where that was found out. */
  run(request: PatchRequest): Promise<PatchTrial | undefined>
}

export function createPatchDesk({ model, clones }: { readonly model: ChatModel; readonly clones: Clones }): PatchDesk {
  const documents = createPatchDocuments()
  /** One at a time: a second press of a button must not apply a patch twice. */
  const busy = new Set<string>()

  const act = async ({ action, conversation, message, file }: PatchRequest): Promise<PatchTrial | undefined> => {
    const found = await model.request('message/get', { conversation, message })
    if (!isPatch(found)) return undefined
    switch (action) {
      case 'copy':
        await vscode.env.clipboard.writeText(found.body.text)
        return undefined
      case 'view': {
        const plan = await viewPatch({ clones, documents }, found.body, file)
        return plan && trialOf(plan, false)
      }
      case 'decline':
        await model.request('patch/result', { conversation, patch: message, outcome: 'declined' })
        return undefined
      case 'apply': {
        const tried = await applyPatch(clones, found.body)
        if (tried === undefined) return undefined
        const isOwn = found.state !== 'received'
        if (tried.result !== undefined && !isOwn)
          await model.request('patch/result', { conversation, patch: message, ...tried.result })
        const trial = trialOf(tried.plan, tried.result !== undefined)
        // What did not fit, and why, is to be read after a reload as well.
        await model.request('trial/set', { conversation, patch: message, trial })
        return trial
      }
      case 'recall':
        return (await model.request('trial/get', { conversation, patch: message })).trial ?? undefined
    }
  }
  return {
    async run(request) {
      if (request.action !== 'apply') return act(request)
      if (busy.has(request.message)) return undefined
      busy.add(request.message)
      try {
        return await act(request)
      } finally {
        busy.delete(request.message)
      }
    },
    dispose: () => documents.dispose(),
  }
}

const isPatch = (message: Message | null): message is Message & { readonly body: PatchBody } =>
  message?.body.kind === 'patch'

const trialOf = (plan: PatchPlan, isDone: boolean): PatchTrial => ({
  files: plan.files.map(({ parts }) => parts),
  isDone,
})
