import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { count } from '../../record/tally.ts'
import { createAttachmentShelf } from '../../../src/host/attach/attachmentShelf.ts'
import { MessageKeys } from '../../../src/host/messages/messageKeys.ts'
import { createConversationPort } from '../../../src/host/view/conversationPort.ts'
import type { Desk } from '../../../src/host/view/desk.ts'
import type { HostToWebview, Screen, WebviewToHost } from '../../../src/shared/webviewProtocol.ts'
import type { Message } from '../../../src/shared/service.ts'
import { plainEnglish } from '../plainEnglish.ts'
import {
  bob,
  conversation,
  conversationId,
  createSampleChat,
  member,
  message,
  messageId,
  room,
  settle,
} from '../sampleChat.ts'
import type { SampleWorld } from '../sampleChat.ts'

/** A port with everything it posted and everything it asked of the editor. */
async function withPort(part: Partial<SampleWorld> = {}) {
  const chat = createSampleChat(part)
  const posted: HostToWebview[] = []
  const asked: string[] = []
  const ask = (name: string) => (argument?: unknown) => {
    asked.push([name, argument].filter((word) => typeof word === 'string').join(' '))
    return Promise.resolve()
  }
  const shelf = createAttachmentShelf()
  const messageKeys = new MessageKeys((hasTarget) => asked.push(hasTarget ? 'keys' : 'no keys'))
  const desk: Desk = {
    invite: ask('invite'),
    join: ask('join'),
    openWaiting: ask('openWaiting'),
    openLink: ask('openLink'),
    code: ({ action, path }) => ask('code')(`${action} ${path ?? ''}`.trim()),
    snippet: async (action, body) => {
      await ask('snippet')(`${action} ${body.text}`)
      return { sentence: 'Your file differs.', offers: ['apply'] }
    },
    openMessage: ({ message }) => ask('openMessage')(message),
    openPlace: ({ path, line }) => ask('openPlace')(`${path}:${String(line)}`),
    cloneIdentities: () => Promise.resolve(['github.com/ada/kettle']),
    patch: async (request) => {
      await ask('patch')(request.action)
      return request.action === 'apply' ? { files: [], isDone: true } : undefined
    },
    copy: ask('copy'),
    messageKeys,
    doWithSelected: async (deed) => {
      await ask('selected')(deed)
      return deed !== 'erase'
    },
    showLifetime: ask('showLifetime'),
    messageMenu: async (menu) => {
      await ask('messageMenu')(menu)
      return menu === 'more' ? 'reply' : undefined
    },
    files: async ({ action, message }) => {
      await ask('file')(action)
      const state = { kind: 'coming', bytes: 5, size: 10 } as const
      return action === 'save' ? undefined : { type: 'fileState', message, state }
    },
    guardText: (text) => Promise.resolve(text === 'secret' ? undefined : text),
    share: ask('share'),
    attachments: {
      list: (of) => shelf.list(of),
      onDidChange: shelf.onDidChange,
      handle: ({ type }) => ask(type)(),
      pickFiles: ask('pickFiles'),
      takeIn: (_, { name }) => {
        asked.push(`takeIn ${name}`)
        return Promise.resolve({
          isWhole: false,
          end: () => Promise.resolve(),
          append: (piece: Uint8Array) => Promise.resolve(piece.length > 1),
        })
      },
      takeThumbnail: (id) => void asked.push(`takeThumbnail ${String(id)}`),
      onWantsThumbnail: () => ({ dispose: () => undefined }),
      dispose: () => undefined,
    },
    showSafetyNumber: ask('showSafetyNumber'),
    showMembers: ask('showMembers'),
    showRoomActions: ask('showRoomActions'),
    mute: ask('mute'),
    search: ask('search'),
    unblock: ask('unblock'),
    restoreBackup: ask('restoreBackup'),
    showNetwork: ask('showNetwork'),
    focusEditor: ask('focusEditor'),
    setFirstRun: (isOpen) => void asked.push(isOpen ? 'first run' : 'first run over'),
    phraseDone: ask('phraseDone'),
  }
  const port = createConversationPort({
    model: chat.model,
    desk,
    highlight: () => Promise.resolve({}),
    post: (posting) => posted.push(posting),
    l10n: plainEnglish,
    locale: 'en',
    strings: {},
    log: chat.log,
  })
  await chat.life.start()
  await settle()
  const say = async (said: WebviewToHost): Promise<void> => {
    port.receive(said)
    await settle()
  }
  const screens = (): Screen[] => posted.flatMap((posting) => (posting.type === 'screen' ? [posting.screen] : []))
  const page = () => screens().flatMap((screen) => (screen.kind === 'conversation' ? [screen.page] : []))
  const requests = (method: string) => chat.service.requests.filter((request) => request.method === method)
  return { ...chat, port, shelf, messageKeys, posted, asked, say, screens, page, requests }
}

test('nothing is posted before the webview is ready', async () => {
  const { posted, say } = await withPort()
  assert.deepEqual(posted, [])
  await say({ type: 'ready' })
  assert.deepEqual(
    posted.map(({ type }) => type),
    ['screen', 'clones'],
  )
})

test('the first run goes from the welcome over the name and the phrase to the start', async () => {
  const { say, screens, asked, requests } = await withPort({ identity: { kind: 'none' }, conversations: [] })
  await say({ type: 'ready' })
  await say({ type: 'begin' })
  await say({ type: 'createIdentity', name: 'Alice' })
  await say({ type: 'copyPhrase' })
  await say({ type: 'phraseDone', written: true })
  assert.deepEqual(
    screens().map(({ kind }) => kind),
    ['welcome', 'name', 'phrase', 'start'],
  )
  assert.deepEqual(asked, ['first run', 'copy one two three', 'first run over', 'phraseDone'])
  assert.equal(requests('identity/confirmPhrase').length, 1)
})

test('whoever deletes everything is welcomed again, and not asked for a name at once', async () => {
  const { say, screens, world, service } = await withPort({ identity: { kind: 'none' }, conversations: [] })
  await say({ type: 'ready' })
  await say({ type: 'begin' })
  await say({ type: 'createIdentity', name: 'Alice' })
  await say({ type: 'phraseDone', written: true })
  world.identity = { kind: 'none' }
  service.fire('identity/changed', world.identity)
  await settle()
  assert.equal(screens().at(-1)?.kind, 'welcome')
})

test('a phrase that is not written down yet is not confirmed', async () => {
  const { say, requests } = await withPort({ identity: { kind: 'none' }, conversations: [] })
  await say({ type: 'ready' })
  await say({ type: 'begin' })
  await say({ type: 'createIdentity', name: 'Alice' })
  await say({ type: 'phraseDone', written: false })
  assert.deepEqual(requests('identity/confirmPhrase'), [])
})

test('a recovery phrase restores somebody who has nothing else, and the start says what comes back', async () => {
  const { say, screens, requests } = await withPort({ identity: { kind: 'none' }, conversations: [] })
  await say({ type: 'ready' })
  await say({ type: 'beginRestore' })
  await say({ type: 'begin' })
  await say({ type: 'beginRestore' })
  await say({ type: 'restore', phrase: 'one two', name: 'Ada' })
  assert.deepEqual(
    screens().map(({ kind }) => kind),
    ['welcome', 'restore', 'name', 'restore', 'start'],
  )
  const last = screens().at(-1)
  assert.ok(last?.kind === 'start' && last.isReuniting === true)
  assert.deepEqual(requests('identity/restore')[0]?.params, { phrase: 'one two', name: 'Ada' })
})

test('what is wrong with the store is said on every screen, until it is right again', async () => {
  const repair = { cause: 'damaged', at: 1, setAside: 'store.db.damaged-1' } as const
  const { say, posted, service, requests } = await withPort({ store: { repair } })
  await say({ type: 'ready' })
  service.fire('store/changed', { trouble: 'full', repair })
  service.fire('store/changed', { repair })
  service.fire('store/changed', { repair })
  service.fire('store/changed', {})
  const notices = posted.flatMap((posting) => (posting.type === 'store' ? [posting.notice] : []))
  assert.deepEqual(
    notices.map(({ trouble, repair: said }) => [
      trouble !== undefined,
      said?.includes('“store.db.damaged-1”') === true,
    ]),
    [
      [false, true],
      [true, true],
      [false, true],
      [false, false],
    ],
  )
  await say({ type: 'retryStore' })
  await say({ type: 'noteRepair' })
  assert.deepEqual([requests('store/retry').length, requests('store/noted').length], [1, 1])
})

test('a locked identity and a chat that is elsewhere have screens of their own', async () => {
  const { say, screens } = await withPort({ identity: { kind: 'locked', reason: 'secret-missing' } })
  await say({ type: 'ready' })
  assert.deepEqual(screens(), [{ kind: 'locked', reason: 'secret-missing' }])
})

test('a conversation opens at its newest page, with its draft', async () => {
  const messages = Array.from({ length: 150 }, (_, clock) => message(clock))
  const { port, say, page } = await withPort({ messages, draft: 'unsent' })
  port.show(conversationId)
  await say({ type: 'ready' })
  const [shown] = page()
  assert.deepEqual(
    [shown?.messages.length, shown?.messages.at(-1)?.clock, shown?.hasMore, shown?.draft],
    [100, 149, true, 'unsent'],
  )
})

test('what is added or changed is posted, and nothing twice', async () => {
  const { port, say, posted, service } = await withPort({ messages: [message(1)] })
  port.show(conversationId)
  await say({ type: 'ready' })
  for (const clock of [1, 2, 2])
    service.fire('message/added', { conversation: conversationId, message: message(clock) })
  service.fire('message/added', { conversation: '9'.repeat(64) as never, message: message(3) })
  service.fire('message/changed', { conversation: conversationId, message: message(1) })
  await Promise.resolve()
  const seen = posted.flatMap((posting) =>
    posting.type === 'added' || posting.type === 'changed'
      ? [[posting.type, posting.messages.map(({ clock }) => clock)]]
      : [],
  )
  assert.deepEqual(seen, [
    ['added', [2]],
    ['changed', [1]],
  ])
})

test('a back-fill that is told without its messages is read, and only what is new is posted', async () => {
  const { port, say, posted, service, world } = await withPort({ messages: [message(1)] })
  port.show(conversationId)
  await say({ type: 'ready' })
  world.messages = [1, 2, 3].map(message)
  service.fire('conversation/changed', { conversation: conversation({ last: { ...message(3), summary: '' } }) })
  await settle()
  const added = posted.flatMap((posting) => (posting.type === 'added' ? posting.messages : []))
  assert.deepEqual(
    added.map(({ clock }) => clock),
    [2, 3],
  )
})

test('older pages are answered under the number of their request', async () => {
  const messages = Array.from({ length: 150 }, (_, clock) => message(clock))
  const { port, say, posted } = await withPort({ messages })
  port.show(conversationId)
  await say({ type: 'ready' })
  await say({ type: 'loadOlder', request: 7, conversation: conversationId, before: messageId(50) })
  const answer = posted.find((posting) => posting.type === 'older')
  assert.ok(answer?.type === 'older')
  assert.deepEqual([answer.request, answer.messages.length, answer.hasMore], [7, 50, false])
})

test('every send gets an answer: where it is, or one sentence why not', async () => {
  const { port, say, posted } = await withPort()
  port.show(conversationId)
  await say({ type: 'ready' })
  await say({ type: 'send', request: 1, conversation: conversationId, text: 'hello' })
  await say({ type: 'send', request: 2, conversation: conversationId, text: 'too long' })
  assert.deepEqual(
    posted.filter(({ type }) => type === 'sendResult'),
    [
      { type: 'sendResult', request: 1, id: messageId(99) },
      {
        type: 'sendResult',
        request: 2,
        sentence: 'This is too long: a message holds at most 16 KiB of text. Nothing was sent.',
      },
    ],
  )
})

test('a message is sent, and a draft kept, where it was written, whatever is shown by now', async () => {
  const { port, say, posted, requests } = await withPort()
  await say({ type: 'ready' })
  port.show(undefined)
  await say({ type: 'draft', conversation: conversationId, text: 'hel' })
  await say({ type: 'send', request: 3, conversation: conversationId, text: 'hello' })
  const [draft, send] = [...requests('draft/set'), ...requests('message/send')].map(({ params }) => params)
  assert.deepEqual(draft, { conversation: conversationId, text: 'hel' })
  assert.partialDeepStrictEqual(send, { conversation: conversationId, body: { kind: 'text', text: 'hello' } })
  assert.deepEqual(posted.at(-1), { type: 'sendResult', request: 3, id: messageId(99) })
})

test('what is said of a conversation that is no longer shown marks nothing as read in another', async () => {
  const { port, say, requests } = await withPort({ messages: [message(1)] })
  port.show(conversationId)
  await say({ type: 'ready' })
  port.setAttentive(true)
  await say({ type: 'read', conversation: '9'.repeat(64) as never, upTo: messageId(1) })
  assert.deepEqual(requests('conversation/read'), [])
})

test('a conversation counts as read only while somebody can be looking at it', async () => {
  const { port, say, requests } = await withPort({ messages: [message(1)] })
  port.show(conversationId)
  await say({ type: 'ready' })
  await say({ type: 'read', conversation: conversationId, upTo: messageId(1) })
  assert.deepEqual(requests('conversation/read'), [])
  port.setAttentive(true)
  await settle()
  assert.deepEqual(
    requests('conversation/read').map(({ params }) => params),
    [{ conversation: conversationId, upTo: messageId(1) }],
  )
})

test('what becomes of a patch here is told to its card', async () => {
  const { say, asked, posted } = await withPort()
  await say({ type: 'ready' })
  await say({ type: 'patch', action: 'view', conversation: conversationId, message: messageId(1) })
  assert.deepEqual(
    posted.filter(({ type }) => type === 'patchTried'),
    [],
  )
  await say({ type: 'patch', action: 'apply', conversation: conversationId, message: messageId(1) })
  assert.deepEqual(asked, ['patch view', 'patch apply'])
  assert.deepEqual(
    posted.filter(({ type }) => type === 'patchTried'),
    [{ type: 'patchTried', message: messageId(1), trial: { files: [], isDone: true } }],
  )
})

test('links, code and copies go to the editor and act nowhere else', async () => {
  const { say, asked } = await withPort()
  await say({ type: 'ready' })
  await say({ type: 'openLink', url: 'https://example.com' })
  await say({ type: 'code', action: 'insert', language: 'ts', text: 'x', path: 'src/a.ts' })
  await say({ type: 'copyMessage', text: 'y' })
  assert.deepEqual(asked, ['openLink https://example.com', 'code insert src/a.ts', 'copy y'])
})

test('a snippet is acted on as it is kept, whatever the webview would have it be, and the card is told', async () => {
  const snippet: Message = { ...message(1), body: { kind: 'snippet', language: 'ts', text: 'kept' } }
  const { say, posted, asked } = await withPort({ messages: [snippet, message(2)] })
  await say({ type: 'ready' })
  const about = { type: 'snippet', action: 'apply', conversation: conversationId } as const
  await say({ ...about, message: snippet.id, text: 'forged' } as WebviewToHost)
  assert.deepEqual(asked, ['snippet apply kept'])
  assert.deepEqual(
    posted.filter(({ type }) => type === 'snippetPlace'),
    [{ type: 'snippetPlace', message: snippet.id, place: { sentence: 'Your file differs.', offers: ['apply'] } }],
  )
  await say({ ...about, message: messageId(2) })
  await say({ ...about, message: messageId(9) })
  assert.equal(asked.length, 1)
})

test('a place in a file is opened by the editor, and the view is told which repositories are open', async () => {
  const { say, posted, asked, port } = await withPort()
  await say({ type: 'openPlace', place: { path: 'src/a.ts', line: 3 } })
  assert.deepEqual(asked, ['openPlace src/a.ts:3'])
  const told = () => posted.filter(({ type }) => type === 'clones')
  await say({ type: 'ready' })
  const before = told().length
  assert.deepEqual(told().at(-1), { type: 'clones', identities: ['github.com/ada/kettle'] })
  port.clonesChanged()
  await settle()
  assert.equal(told().length, before + 1)
})

test('when another window leads, the conversation stays on screen, and what happened meanwhile is added to it', async () => {
  const { life, world, port, say, screens, posted } = await withPort({ messages: [message(1)] })
  port.show(conversationId)
  await say({ type: 'ready' })
  const before = posted.length
  world.messages = [{ ...message(1), state: 'delivered' }, message(2)]
  world.conversations = [conversation({ online: true })]
  await life.restart()
  await settle()
  assert.equal(screens().length, 1)
  const told = posted.slice(before)
  assert.deepEqual(
    told.filter(({ type }) => type === 'added' || type === 'changed'),
    [
      { type: 'added', messages: [message(2)] },
      { type: 'changed', messages: [{ ...message(1), state: 'delivered' }] },
    ],
  )
  assert.ok(told.some((one) => one.type === 'conversation' && one.conversation.online))
})

test('anything that is no known message is dropped, and its content is in no log', async () => {
  const { port, posted, log } = await withPort()
  await fc.assert(
    fc.asyncProperty(fc.anything(), async (value) => {
      port.receive(value)
      await settle()
      assert.deepEqual(posted, [])
    }),
    { numRuns: 30 },
  )
  port.receive({ type: 'secret-text-in-a-type' })
  assert.ok(!JSON.stringify(log).includes('secret-text'))
})

test('after its end a port posts nothing', async () => {
  const { port, say, posted, service } = await withPort()
  port.show(conversationId)
  await say({ type: 'ready' })
  const before = posted.length
  port.dispose()
  service.fire('message/added', { conversation: conversationId, message: message(5) })
  await say({ type: 'ready' })
  assert.equal(posted.length, before)
})

test('a conversation opens with everything unread, so that one can begin where one stopped', async () => {
  const messages = Array.from({ length: 700 }, (_, i) => message(i + 1))
  const conversations = [conversation({ unread: 400, readUpTo: messageId(300) })]
  const { say, port, page } = await withPort({ messages, conversations })
  await say({ type: 'ready' })
  port.show(conversationId)
  await settle()
  const opened = page().at(-1)
  assert.ok(opened !== undefined)
  assert.ok((opened.messages[0]?.clock ?? 999) <= 301)
  assert.deepEqual(
    opened.messages.map(({ clock }) => clock),
    Array.from({ length: opened.messages.length }, (_, i) => 700 - opened.messages.length + i + 1),
  )
  assert.equal(opened.hasMore, true)
})

test('a conversation that is read opens with its newest page, and never with more than a bounded number', async () => {
  const messages = Array.from({ length: 3_000 }, (_, i) => message(i + 1))
  for (const [part, most] of [
    [{ unread: 0, readUpTo: messageId(3_000) }, 100],
    [{ unread: 3_000 }, 1_200],
  ] as const) {
    const { say, port, page } = await withPort({ messages, conversations: [conversation(part)] })
    await say({ type: 'ready' })
    port.show(conversationId)
    await settle()
    const count = page().at(-1)?.messages.length ?? 0
    assert.ok(count >= 100 && count <= most, String(count))
  }
})

test('a room opens with its members and what is pinned, and hears of both as they change', async () => {
  const messages = Array.from({ length: 300 }, (_, clock) => message(clock))
  const pinned = [messageId(2), messageId(999)]
  const kettle = room({}, { pinned })
  const { port, say, page, posted, service } = await withPort({
    messages,
    members: [member()],
    conversations: [kettle],
  })
  port.show(conversationId)
  await say({ type: 'ready' })
  const [shown] = page()
  assert.deepEqual(
    [shown?.members.map(({ name }) => name), shown?.pinned.map(({ id }) => id)],
    [['Bob'], [messageId(2)]],
    'what is not on this disk is left out',
  )
  service.fire('room/membersChanged', { conversation: conversationId, members: [] })
  service.fire('conversation/changed', { conversation: room({}, { pinned: [messageId(7)] }) })
  service.fire('conversation/changed', { conversation: room({}, { pinned: [messageId(7)], onlineCount: 1 }) })
  await settle()
  assert.deepEqual(posted.filter(({ type }) => type === 'members').length, 1)
  const pins = posted.flatMap((posting) => (posting.type === 'pinned' ? [posting.messages.map(({ id }) => id)] : []))
  assert.deepEqual(pins, [[messageId(7)]])
})

test('a direct conversation asks for no members', async () => {
  const { port, say, requests } = await withPort()
  port.show(conversationId)
  await say({ type: 'ready' })
  assert.deepEqual(requests('room/members'), [])
})

test('mentions travel with their message, and pins and members are asked for where they are shown', async () => {
  const { port, say, asked, requests } = await withPort({ conversations: [room()] })
  port.show(conversationId)
  await say({ type: 'ready' })
  await say({ type: 'send', request: 1, conversation: conversationId, text: '@Bob', mentions: [bob] })
  await say({ type: 'pin', conversation: conversationId, message: messageId(1), pinned: true })
  await say({ type: 'pin', conversation: conversationId, message: messageId(1), pinned: false })
  await say({ type: 'showMembers' })
  await say({ type: 'showRoomActions' })
  assert.partialDeepStrictEqual(requests('message/send')[0]?.params, {
    conversation: conversationId,
    body: { kind: 'text', text: '@Bob', mentions: [bob] },
  })
  assert.deepEqual(
    requests('room/set').map(({ params }) => params),
    [
      { conversation: conversationId, pin: messageId(1) },
      { conversation: conversationId, unpin: messageId(1) },
    ],
  )
  assert.deepEqual(asked, [`showMembers ${conversationId}`, `showRoomActions ${conversationId}`])
})

test('an old message is shown with those around it, and what is said meanwhile comes with the pages up to the end', async () => {
  const messages = Array.from({ length: 400 }, (_, clock) => message(clock))
  const { port, say, posted, service } = await withPort({ messages })
  port.show(conversationId)
  await say({ type: 'ready' })
  await settle()
  await say({ type: 'reveal', conversation: conversationId, message: messageId(100) })
  await settle()
  const windows = posted.flatMap((posting) => (posting.type === 'window' ? [posting] : []))
  assert.deepEqual(
    windows.map((shown) => [
      shown.messages[0]?.clock,
      shown.messages.at(-1)?.clock,
      shown.hasMore,
      shown.hasNewer,
      shown.reveal,
    ]),
    [[50, 150, true, true, messageId(100)]],
  )
  service.fire('message/added', { conversation: conversationId, message: message(400) })
  await settle()
  assert.ok(!posted.some(({ type }) => type === 'added'))

  await say({ type: 'loadNewer', request: 1, conversation: conversationId, after: messageId(350) })
  await settle()
  const newer = posted.flatMap((posting) => (posting.type === 'newer' ? [posting] : []))
  assert.deepEqual(
    newer.map(({ request, messages: page, hasNewer }) => [request, page.length, hasNewer]),
    [[1, 49, false]],
  )

  await say({ type: 'reveal', conversation: conversationId, message: messageId(5000) })
  await say({ type: 'latest', conversation: conversationId })
  await settle()
  const last = posted.findLast((posting) => posting.type === 'window')
  assert.equal(last?.messages.at(-1)?.clock, 399)
  assert.equal(last.hasNewer, false)
  assert.deepEqual(
    posted.flatMap((posting) => (posting.type === 'failed' ? [posting.sentence] : [])),
    ['This message is no longer there.'],
  )
})

test('a place that is wanted in a conversation is gone to once that is on screen', async () => {
  const messages = Array.from({ length: 300 }, (_, clock) => message(clock))
  const { port, say, posted } = await withPort({ messages })
  port.reveal({ conversation: conversationId, message: messageId(10), marks: ['kettle'] })
  assert.equal(posted.length, 0)
  await say({ type: 'ready' })
  for (let turn = 0; turn < 5; turn++) await settle()
  const types = posted.map(({ type }) => type)
  assert.ok(types.indexOf('screen') < types.indexOf('window'))
  const shown = posted.find((posting) => posting.type === 'window')
  assert.deepEqual([shown?.reveal, shown?.marks], [messageId(10), ['kettle']])
})

test('what is wanted of a hidden view is done once its new page shows the conversation', async () => {
  const messages = Array.from({ length: 300 }, (_, clock) => message(clock))
  const { port, say, posted } = await withPort({ messages })
  port.show(conversationId)
  await say({ type: 'ready' })
  for (let turn = 0; turn < 5; turn++) await settle()
  port.pageGone()
  posted.length = 0
  port.focusComposer()
  port.reveal({ conversation: conversationId, message: messageId(10), marks: [] })
  for (let turn = 0; turn < 5; turn++) await settle()
  // What goes to the page before it is ready is lost with it.
  assert.ok(posted.every(({ type }) => type === 'focusComposer'))

  posted.length = 0
  await say({ type: 'ready' })
  for (let turn = 0; turn < 5; turn++) await settle()
  const types = posted.map(({ type }) => type)
  assert.ok(types.includes('screen'))
  assert.ok(types.indexOf('screen') < types.indexOf('focusComposer'))
  assert.ok(types.indexOf('screen') < types.indexOf('window'))

  posted.length = 0
  await say({ type: 'ready' })
  for (let turn = 0; turn < 5; turn++) await settle()
  assert.ok(!posted.some(({ type }) => type === 'focusComposer' || type === 'window'))
})

test('the offer to mute is for the conversation on screen, and for none where none is', async () => {
  const { port, say, asked } = await withPort()
  await say({ type: 'ready' })
  await say({ type: 'mute' })
  assert.deepEqual(asked, [])
  port.show(conversationId)
  await settle()
  await say({ type: 'mute' })
  assert.deepEqual(asked, [`mute ${conversationId}`])
})

test('what a webview says of conversations, messages and invites there are not reaches nothing else, and ends in a sentence at most', async () => {
  const { port, say, posted, asked, requests } = await withPort({ messages: [message(1)] })
  port.show(conversationId)
  await say({ type: 'ready' })
  port.setAttentive(true)
  const before = posted.length
  const foreign = '9'.repeat(64) as typeof conversationId
  const path = 'src/of/another/workspace.ts'
  const said: readonly WebviewToHost[] = [
    { type: 'send', request: 1, conversation: foreign, text: 'to somebody else' },
    { type: 'draft', conversation: foreign, text: 'for somebody else' },
    { type: 'loadOlder', request: 2, conversation: foreign, before: messageId(1) },
    { type: 'loadOlder', request: 3, conversation: conversationId, before: messageId(77) },
    { type: 'read', conversation: foreign, upTo: messageId(1) },
    { type: 'read', conversation: conversationId, upTo: messageId(77) },
    { type: 'openWaiting', id: 'not an invite' },
    { type: 'code', action: 'open', language: 'ts', text: 'x', path },
  ]
  for (const one of said) await say(one)
  count({ badInputs: said.length })
  // The service is asked about exactly what was said, and nothing is shown of it but whether it was sent.
  const [sent, ...more] = requests('message/send').map(({ params }) => params)
  assert.partialDeepStrictEqual(sent, { conversation: foreign, body: { kind: 'text', text: 'to somebody else' } })
  assert.deepEqual(more, [])
  assert.ok(posted.slice(before).every(({ type }) => ['sendResult', 'failed', 'older', 'conversation'].includes(type)))
  assert.deepEqual(asked, ['openWaiting not an invite', `code open ${path}`])
})

test('what is attached is shown with the conversation that it belongs to, and goes out behind the text', async () => {
  const { say, posted, asked, port, shelf, requests } = await withPort()
  await say({ type: 'ready' })
  port.show(conversationId)
  await settle()
  const body = { kind: 'snippet', language: 'python', text: 'a = 1' } as const
  shelf.add(conversationId, body)
  shelf.add('d'.repeat(64) as typeof conversationId, body)
  const lists = posted.flatMap((posting) => (posting.type === 'attachments' ? [posting.attachments.length] : []))
  assert.deepEqual(lists, [0, 1])
  port.receive({ type: 'send', request: 1, conversation: conversationId, text: 'Look' })
  await say({ type: 'sendAttachments', conversation: conversationId })
  for (let i = 0; i < 100 && !asked.includes('sendAttachments'); i++) await settle()
  assert.equal(requests('message/send').length, 1)
  assert.ok(asked.includes('sendAttachments'))
})

test('edits, reacts and asks what to do with a message, and keeps back a wording that is not to be sent', async () => {
  const { say, requests, asked, posted } = await withPort({})
  await say({ type: 'ready' })
  const at = { conversation: conversationId, message: messageId(1) }
  await say({ type: 'edit', ...at, text: 'better' })
  await say({ type: 'edit', ...at, text: 'secret' })
  assert.deepEqual(
    requests('message/edit').map(({ params }) => params),
    [{ ...at, text: 'better' }],
  )
  await say({ type: 'react', ...at, emoji: '🎉', on: true })
  assert.deepEqual(requests('message/react')[0]?.params, { ...at, emoji: '🎉', on: true })
  await say({ type: 'messageMenu', menu: 'more', ...at })
  await say({ type: 'messageMenu', menu: 'react', ...at })
  assert.deepEqual(asked, ['messageMenu more', 'messageMenu react'])
  assert.deepEqual(
    posted.filter(({ type }) => type === 'compose'),
    [{ type: 'compose', mode: 'reply', message: messageId(1) }],
  )
})

test('what was selected is handed on, and the selection ends once that is done', async () => {
  const { port, posted, asked } = await withPort()
  port.show(conversationId)
  port.receive({ type: 'ready' })
  await settle()
  posted.length = 0
  const wish = { type: 'selection', conversation: conversationId, messages: [messageId(1)] }
  port.receive({ ...wish, deed: 'erase' })
  await settle()
  assert.deepEqual(posted, [])
  port.receive({ ...wish, deed: 'hide' })
  port.receive({ type: 'showLifetime', conversation: conversationId })
  await settle()
  assert.deepEqual(posted, [{ type: 'unselect' }])
  assert.deepEqual(asked.slice(-3), ['selected erase', 'selected hide', `showLifetime ${conversationId}`])
})

test('keys that stand for something to be done reach a view while a message in it has the keyboard, and it can be seen', async () => {
  const { say, port, messageKeys, posted, asked } = await withPort()
  await say({ type: 'ready' })
  messageKeys.press('reply')
  await say({ type: 'messageFocus', isOn: true })
  messageKeys.press('edit')
  port.setAttentive(false)
  messageKeys.press('erase')
  await say({ type: 'messageFocus', isOn: true })
  port.dispose()
  assert.deepEqual(asked, ['keys', 'no keys', 'keys', 'no keys'])
  assert.deepEqual(
    posted.filter(({ type }) => type === 'messageKey'),
    [{ type: 'messageKey', deed: 'edit' }],
  )
})

test('what a view asks for as everything is deleted is refused without a word', async () => {
  const { say, posted, log } = await withPort()
  await say({ type: 'ready' })
  // The chat in memory knows no such request, and says what a real one says without an identity.
  await say({ type: 'react', conversation: conversationId, message: messageId(1), emoji: '👍', on: true })
  assert.deepEqual(
    posted.filter(({ type }) => type === 'failed'),
    [],
  )
  assert.ok(log.entries.some(({ message: logged }) => logged.includes('no-identity')))
})
