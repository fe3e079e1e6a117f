import * as vscode from 'vscode'
import type { Log } from '../core/ports/log.ts'
import type { Disposable } from '../shared/disposable.ts'
import { createAttachmentDesk } from './attach/attachmentDesk.ts'
import { createBoundary } from './boundary.ts'
import type { Boundary } from './boundary.ts'
import { createProposalDesk } from './contacts/answerProposal.ts'
import { createClones } from './clone/clones.ts'
import type { Clones } from './clone/clones.ts'
import { createPatchDesk } from './patch/patchDesk.ts'
import type { ProposalDesk } from './contacts/answerProposal.ts'
import { createOpenConversation } from './conversations/openConversation.ts'
import type { OpenConversation } from './conversations/openConversation.ts'
import { createEditorHighlighter } from './highlight/editorHighlighter.ts'
import { createSecretKeeper } from './identity/secretKeeper.ts'
import { createInviteScreens } from './invites/inviteScreens.ts'
import type { InviteScreens } from './invites/inviteScreens.ts'
import { createJoinFlow } from './invites/joinFlow.ts'
import type { JoinFlow } from './invites/joinFlow.ts'
import { createWaitingRoom } from './invites/openWaiting.ts'
import type { WaitingRoom } from './invites/openWaiting.ts'
import { createChatLife } from './life/chatLife.ts'
import type { ChatLife } from './life/chatLife.ts'
import { createChatModel } from './life/chatModel.ts'
import type { ChatModel } from './life/chatModel.ts'
import { createFirstRun } from './life/firstRun.ts'
import type { FirstRun } from './life/firstRun.ts'
import { createFileDesk } from './files/fileDesk.ts'
import { createJoinChat } from './life/joinChat.ts'
import { createVeiledModel } from './life/veiledModel.ts'
import { createOutputLog } from './log.ts'
import { createQuietTimes } from './notify/quietTimes.ts'
import type { QuietTimes } from './notify/quietTimes.ts'
import { MessageKeys } from './messages/messageKeys.ts'
import { createMembersView } from './rooms/membersView.ts'
import type { MembersView } from './rooms/membersView.ts'
import { createSafetyScreens } from './safety/safetyScreens.ts'
import type { SafetyScreens } from './safety/safetyScreens.ts'
import { createLastEditor } from './selection/lastEditor.ts'
import type { LastEditor } from './selection/lastEditor.ts'
import { isDiscreet, onDidChangeDiscreet, readNetworkSettings } from './settings.ts'
import { createLineMarks } from './snippet/lineMarks.ts'
import { createConversationPanels } from './view/conversationPanels.ts'
import type { ConversationPanels } from './view/conversationPanels.ts'
import { createConversationView } from './view/conversationView.ts'
import type { ConversationView } from './view/conversationView.ts'
import { createGoTo } from './view/goTo.ts'
import type { GoTo } from './view/goTo.ts'
import { createEditorDesk } from './view/editorDesk.ts'
import { createSnippetDocuments } from './view/snippetDocuments.ts'

/** The shared objects of one window. Those that end with it are among the context's subscriptions, but `life`. */
export interface Tincan {
  readonly channel: vscode.LogOutputChannel
  readonly log: Log
  readonly boundary: Boundary
  readonly life: ChatLife
  readonly model: ChatModel
  readonly quiet: QuietTimes
  readonly firstRun: FirstRun
  readonly shown: OpenConversation
  readonly editor: LastEditor
  readonly clones: Clones
  readonly join: JoinFlow
  readonly room: WaitingRoom
  readonly proposals: ProposalDesk
  readonly members: MembersView
  readonly invites: InviteScreens
  readonly safety: SafetyScreens
  readonly view: ConversationView
  readonly panels: ConversationPanels
  readonly messageKeys: MessageKeys
  readonly goTo: GoTo
}

/** Builds the objects of one window. Nothing is opened before `life.start`. */
export function createTincan(context: vscode.ExtensionContext): Tincan {
  const keep = <T extends Disposable>(part: T): T => {
    context.subscriptions.push(part)
    return part
  }
  const { extensionUri } = context
  const channel = keep(vscode.window.createOutputChannel('Tincan', { log: true }))
  const log = createOutputLog(channel)
  const boundary = createBoundary(log)
  const joinChat = createJoinChat({
    directory: context.globalStorageUri.fsPath,
    secrets: createSecretKeeper(context.secrets),
    settings: () => readNetworkSettings(log),
    log,
  })
  const life = createChatLife({ join: joinChat, log })
  const veil = { isVeiled: isDiscreet, onDidChange: onDidChangeDiscreet }
  const model = keep(createVeiledModel(createChatModel({ life, log }), veil, vscode.l10n))
  const quiet = keep(createQuietTimes(context.globalState))
  const firstRun = createFirstRun()
  const shown = createOpenConversation(context.workspaceState)
  const editor = keep(createLastEditor())
  const documents = keep(createSnippetDocuments())
  const clones = keep(createClones())
  const marks = keep(createLineMarks())
  const patches = keep(createPatchDesk({ model, clones }))
  const join = createJoinFlow(model, shown)
  const proposals = createProposalDesk(model, shown)
  const room = createWaitingRoom(model, shown, proposals)
  const members = keep(createMembersView(model, shown, log))
  const attachments = keep(createAttachmentDesk(model))
  const invites = keep(createInviteScreens({ extensionUri, boundary, model, isVeiled: isDiscreet }))
  const safety = keep(createSafetyScreens({ extensionUri, boundary, model }))
  const messageKeys = new MessageKeys(
    (hasTarget) => void vscode.commands.executeCommand('setContext', 'tincan.messageFocused', hasTarget),
  )
  const desk = createEditorDesk({
    model,
    messageKeys,
    firstRun,
    boundary,
    shown,
    editor,
    documents,
    clones,
    marks,
    patches,
    join,
    room,
    proposals,
    attachments,
    safety,
    files: createFileDesk({ model, documents }),
  })
  const { highlight, onDidChangeTheme } = keep(createEditorHighlighter(extensionUri, log))
  const webview = {
    extensionUri,
    model,
    desk,
    highlight,
    onDidChangeTheme,
    onDidChangeClones: clones.onDidChange,
    log,
  }
  const view = keep(createConversationView(webview, shown, firstRun))
  const panels = keep(createConversationPanels(webview, context.workspaceState))
  return {
    channel,
    log,
    boundary,
    life,
    model,
    quiet,
    firstRun,
    shown,
    editor,
    clones,
    join,
    room,
    proposals,
    members,
    invites,
    safety,
    view,
    panels,
    messageKeys,
    goTo: createGoTo({ shown, view, panels }),
  }
}
