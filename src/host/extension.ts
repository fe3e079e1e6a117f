import type { ExtensionContext } from 'vscode'
import { registerApi } from './api/registerApi.ts'
import type { TincanApi } from './api/tincanApi.ts'
import { registerConversationCommands } from './conversations/conversationCommands.ts'
import { registerConversationTree } from './conversations/conversationTree.ts'
import { registerArchiveCommands } from './archive/archiveCommands.ts'
import { registerDiagnostics } from './diagnostics/diagnosticsCommand.ts'
import { registerContactCommands } from './contacts/contactCommands.ts'
import { registerRemovalCommands } from './conversations/removalCommands.ts'
import { registerProposalCommands } from './contacts/proposalCommands.ts'
import { registerProposalNotices } from './contacts/proposalNotices.ts'
import { registerDiscussions } from './discuss/discussionCommands.ts'
import { registerLifetimeCommand } from './fleeting/lifetimeCommand.ts'
import { registerIdentityCommands } from './identity/identityCommands.ts'
import { registerPhraseReminder } from './identity/recoveryPhrase.ts'
import { registerInviteCommands } from './invites/inviteCommands.ts'
import { registerInviteNotices } from './invites/inviteNotices.ts'
import type { ChatLife } from './life/chatLife.ts'
import { registerWindowAttention } from './life/windowAttention.ts'
import { registerMessageCommands } from './messages/messageCommands.ts'
import { registerStatusBar } from './network/statusBar.ts'
import { registerMessageNotices } from './notify/messageNotices.ts'
import { registerMemberCommands } from './rooms/memberCommands.ts'
import { registerRoomCommands } from './rooms/roomCommands.ts'
import { registerFileSettings } from './files/fileSettings.ts'
import { registerPrivacySettings } from './privacySettings.ts'
import { registerSettings, toggleDiscreet } from './settings.ts'
import { registerSearchCommands } from './search/searchCommands.ts'
import { registerSafetyCommands } from './safety/safetyCommands.ts'
import { registerShareCommands } from './share/shareCommands.ts'
import { createTincan } from './tincan.ts'
import { registerUriHandler } from './uri/uriHandler.ts'

let life: ChatLife | undefined

/**
 * Builds the window's objects and registers its features; returns what other extensions can use. The chat itself starts
 * after this has returned.
 */
export function activate(context: ExtensionContext): TincanApi {
  const tincan = createTincan(context)
  const { boundary, model, shown, room } = tincan
  context.subscriptions.push(
    registerConversationTree(model, tincan.firstRun),
    registerConversationCommands(tincan),
    registerShareCommands(tincan),
    registerSearchCommands(tincan),
    registerArchiveCommands(boundary, model),
    registerDiagnostics({ ...tincan, extension: context.extension }),
    registerInviteCommands(tincan),
    registerInviteNotices(model, tincan.life, boundary, room, shown),
    registerRoomCommands(tincan),
    registerMemberCommands(boundary, model, tincan.safety),
    registerContactCommands(boundary, model),
    registerRemovalCommands(boundary, model),
    registerSafetyCommands(boundary, model, tincan.safety),
    registerProposalCommands(boundary, model, tincan.proposals),
    registerProposalNotices(model, tincan.life, boundary, tincan.proposals),
    registerUriHandler(tincan),
    registerMessageCommands(tincan),
    registerLifetimeCommand(tincan),
    registerIdentityCommands(boundary, model, tincan.view),
    registerPhraseReminder(model, tincan.life, context.globalState),
    registerStatusBar(model, tincan.quiet),
    registerMessageNotices(tincan),
    registerPrivacySettings(boundary, model),
    registerFileSettings(boundary, model),
    boundary.command('tincan.doNotDisturb', () => tincan.quiet.choose()),
    boundary.command('tincan.toggleDiscreet', toggleDiscreet),
    registerDiscussions(context.extensionUri, tincan),
    registerSettings(tincan.life),
    registerWindowAttention(tincan.life),
    boundary.command('tincan.showLog', () => tincan.channel.show()),
  )
  life = tincan.life
  setImmediate(() => void tincan.life.start())
  return registerApi(context, boundary, model)
}

/** Writes what is pending and leaves the profile to the next window. The editor waits for it. */
export async function deactivate(): Promise<void> {
  await life?.dispose()
}
