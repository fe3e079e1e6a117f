import * as vscode from 'vscode'
import type { AttachmentDesk } from '../attach/attachmentDesk.ts'
import type { Boundary } from '../boundary.ts'
import type { Clones } from '../clone/clones.ts'
import type { ProposalDesk } from '../contacts/answerProposal.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { askAboutSecrets } from '../guard/askAboutSecrets.ts'
import { inviteSomebody } from '../invites/inviteFlow.ts'
import type { FileDesk } from '../files/fileDesk.ts'
import type { JoinFlow } from '../invites/joinFlow.ts'
import type { WaitingRoom } from '../invites/openWaiting.ts'
import type { ChatModel } from '../life/chatModel.ts'
import type { FirstRun } from '../life/firstRun.ts'
import { doWithSelected } from '../messages/selectionDeeds.ts'
import type { MessageKeys } from '../messages/messageKeys.ts'
import { runMessageMenu } from '../messages/messageMenu.ts'
import { showNetwork } from '../network/networkView.ts'
import type { LastEditor } from '../selection/lastEditor.ts'
import { openLinkOrPlace, openPlace } from '../place/openPlace.ts'
import type { LineMarks } from '../snippet/lineMarks.ts'
import { createSnippetActions } from '../snippet/snippetActions.ts'
import type { PatchDesk } from '../patch/patchDesk.ts'
import type { SafetyScreens } from '../safety/safetyScreens.ts'
import { runCodeAction } from './codeActions.ts'
import type { Desk } from './desk.ts'
import type { SnippetDocuments } from './snippetDocuments.ts'

/** What the conversation views ask for, done with the editor's means. */
export function createEditorDesk(init: {
  readonly model: ChatModel
  readonly firstRun: FirstRun
  readonly boundary: Boundary
  readonly shown: OpenConversation
  readonly editor: LastEditor
  readonly documents: SnippetDocuments
  readonly clones: Clones
  readonly marks: LineMarks
  readonly patches: PatchDesk
  readonly join: JoinFlow
  readonly room: WaitingRoom
  readonly proposals: ProposalDesk
  readonly attachments: AttachmentDesk
  readonly safety: SafetyScreens
  readonly files: FileDesk
  readonly messageKeys: MessageKeys
}): Desk {
  const { model } = init
  return {
    invite: () => inviteSomebody(model),
    join: () => init.join.askForLink(),
    openWaiting: (id) => (init.proposals.has(id) ? init.proposals.open(id) : init.room.open(id)),
    openLink: (url) => openLinkOrPlace(init.clones, init.marks, url),
    code: (request) => runCodeAction(init, request),
    snippet: createSnippetActions(init),
    openMessage: async (address) => vscode.commands.executeCommand('tincan.openMessage', address),
    openPlace: (place) => openPlace(init.marks, place),
    cloneIdentities: () => init.clones.identities(),
    patch: (request) => init.patches.run(request),
    messageMenu: (menu, conversation, message) => runMessageMenu(model, menu, conversation, message),
    messageKeys: init.messageKeys,
    doWithSelected: (deed, conversation, messages) => doWithSelected(model, deed, conversation, messages),
    showLifetime: async (conversation) => vscode.commands.executeCommand('tincan.setLifetime', conversation),
    guardText: async (text) => (await askAboutSecrets({ kind: 'text', text }))?.text,
    copy: async (text) => vscode.env.clipboard.writeText(text),
    attachments: init.attachments,
    files: init.files,
    share: async (conversation) => vscode.commands.executeCommand('tincan.share', conversation),
    showSafetyNumber: (conversation, person) => init.safety.open(person === undefined ? { conversation } : { person }),
    showMembers: async (conversation) => vscode.commands.executeCommand('tincan.showMembers', conversation),
    mute: async (conversation) => vscode.commands.executeCommand('tincan.mute', conversation),
    search: async (conversation) => vscode.commands.executeCommand('tincan.searchHere', conversation),
    unblock: async (conversation) => vscode.commands.executeCommand('tincan.unblockContact', conversation),
    showRoomActions: async (conversation) => vscode.commands.executeCommand('tincan.showRoomActions', conversation),
    restoreBackup: async () => vscode.commands.executeCommand('tincan.restoreBackup'),
    showNetwork: () => showNetwork(model, init.boundary),
    focusEditor: async () => vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup'),
    setFirstRun: (isOpen) => init.firstRun.setOpen(isOpen),
    phraseDone: () => init.join.resume(),
  }
}
