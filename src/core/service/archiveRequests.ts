/** What each request about exports, backups and deletion does, once its parameters are parsed. */
import { chatError } from '../../shared/chatError.ts'
import type { ArchiveRequests } from '../../shared/archive.ts'
import type { ExportSource } from '../archive/exportConversation.ts'
import { jsonExport, markdownExport } from '../archive/exportConversation.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { Engine } from './engine.ts'
import { conversationOf } from './lookup.ts'
import type { RequestContext } from './requests.ts'
import { viewConversation } from './views.ts'

type Handlers = {
  readonly [M in keyof ArchiveRequests]: (
    context: RequestContext,
    params: ArchiveRequests[M]['params'],
  ) => Promise<ArchiveRequests[M]['result']> | ArchiveRequests[M]['result']
}

export const archiveHandlers: Handlers = {
  'conversation/export': async (context, { conversation, format, path }) => {
    const engine = context.engine()
    const source = sourceOf(context, engine, conversationOf(engine, conversation))
    const written = format === 'markdown' ? markdownExport : jsonExport
    let messages = 0
    await context.files.write(
      path,
      written(source, () => {
        messages++
      }),
    )
    return { messages }
  },
  'backup/create': ({ engine, care, backups }, params) => {
    engine().committer.flush()
    return backups.create(care.store, params)
  },
  'backup/inspect': ({ backups }, { path }) => backups.inspect(path),
  'backup/restore': async ({ backups, begin }, params) => {
    const identity = await backups.restore(params)
    await begin()
    return identity
  },
  'identity/erase': async ({ keeper, erase }, { name }) => {
    const { account } = keeper
    if (account === undefined) throw chatError(keeper.state.kind === 'none' ? 'no-identity' : 'recovery-needed')
    if (account.identity.name !== name) throw chatError('not-confirmed')
    await erase()
    return null
  },
}

function sourceOf({ keeper, clock }: RequestContext, engine: Engine, conversation: Conversation): ExportSource {
  const { title, members, room } = viewConversation(engine, conversation)
  const self = keeper.account?.identity
  const others = [...members, ...(room?.former ?? [])].map(({ person, name }) => ({ person, name }))
  const all = self === undefined ? others : [{ person: self.person, name: self.name }, ...others]
  return { timeline: conversation.timeline, title, members: all, clock }
}
