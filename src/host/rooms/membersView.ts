import * as vscode from 'vscode'
import type { Log } from '../../core/ports/log.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { RoomMember } from '../../shared/rooms.ts'
import type { OpenConversation } from '../conversations/openConversation.ts'
import { treeItem } from '../conversations/treeItem.ts'
import type { ChatModel } from '../life/chatModel.ts'
import { safeName } from '../text/safeName.ts'
import { memberLook, memberRows } from './memberRows.ts'
import type { MemberRow } from './memberRows.ts'
import { isRoom } from './isRoom.ts'
import type { Room } from './isRoom.ts'
import { presenceWords } from './roomLook.ts'

/** The native list of who belongs to the open room. */
export interface MembersView extends Disposable {
  /** Brings the list to the front, for a room. */
  show(room: ConversationId): Promise<void>
}

const viewId = 'tincan.members'
/** Tells the menus and the view's `when` clause that a room is open. */
const contextKey = 'tincan.isRoomOpen'

export function createMembersView(model: ChatModel, shown: OpenConversation, log: Log): MembersView {
  const changed = new vscode.EventEmitter<undefined>()
  let chosen = shown.current
  let members: readonly RoomMember[] = []
  let membersOf: ConversationId | undefined
  /** Nothing was heard of the members while something else was shown. */
  let isStale = false
  let isDisposed = false
  let lastShown = ''

  const room = (): Room | undefined => model.snapshot.conversations.filter(isRoom).find(({ id }) => id === chosen)
  const rows = (): readonly MemberRow[] => {
    const open = room()
    return open === undefined || membersOf !== open.id ? [] : memberRows(open, members)
  }
  const tree = vscode.window.createTreeView<MemberRow>(viewId, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (row) => (row === undefined ? [...rows()] : []),
      getTreeItem: (row) => treeItem(memberLook(row, vscode.l10n)),
    },
  })

  const accept = (conversation: ConversationId, next: readonly RoomMember[]): void => {
    if (isDisposed || conversation !== chosen) return
    members = next
    membersOf = conversation
    render()
  }
  const load = (conversation: ConversationId): void => {
    model
      .request('room/members', { conversation })
      .then((next) => {
        accept(conversation, next)
      })
      .catch((error: unknown) => {
        if (!isDisposed) log.error('the members of a room could not be read', error)
      })
  }
  const render = (): void => {
    const open = room()
    void vscode.commands.executeCommand('setContext', contextKey, open !== undefined)
    tree.description = open === undefined ? '' : presence(open)
    if (open !== undefined && (isStale || membersOf !== open.id)) {
      if (membersOf !== open.id) members = []
      membersOf = open.id
      isStale = false
      load(open.id)
    }
    const next = JSON.stringify(rows())
    if (next === lastShown) return
    lastShown = next
    changed.fire(undefined)
  }

  const held = vscode.Disposable.from(
    tree,
    changed,
    model.onDidChange(render),
    model.on('room/membersChanged', (event) => {
      accept(event.conversation, event.members)
    }),
    shown.onDidChange((conversation) => {
      chosen = conversation
      isStale = true
      render()
    }),
  )
  render()
  return {
    async show(conversation) {
      chosen = conversation
      render()
      await vscode.commands.executeCommand(`${viewId}.focus`)
    },
    dispose() {
      isDisposed = true
      held.dispose()
    },
  }
}

function presence({ title, room }: Room): string {
  return room.state === 'active' ? `${safeName(title)} · ${presenceWords(room, vscode.l10n)}` : safeName(title)
}
