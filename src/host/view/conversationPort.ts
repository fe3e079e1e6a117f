import { assertNever } from '../../shared/assertNever.ts'
import { ChatError } from '../../shared/chatError.ts'
import { DisposableStore } from '../../shared/disposable.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { isFileMessage } from '../../shared/parseFileMessage.ts'
import { parseWebviewMessage } from '../../shared/parseWebviewMessage.ts'
import type { Screen, WebviewToHost } from '../../shared/webviewProtocol.ts'
import { errorSentence } from '../errorSentence.ts'
import { scanBody } from '../guard/scanBody.ts'
import { createCodePort } from './codePort.ts'
import type { KeyTarget } from '../messages/messageKeys.ts'
import { recoverWithPhrase } from '../identity/recoverWithPhrase.ts'
import { answerPage } from './answerPage.ts'
import { askService } from './askService.ts'
import { type ConversationFeed, createConversationFeed } from './conversationFeed.ts'
import { createFilePort } from './filePort.ts'
import { handleMessageRequest } from './messagePort.ts'
import { inFewPosts } from './inFewPosts.ts'
import { screenSubject } from './screenSubject.ts'
import { createStoreTeller } from './storeTeller.ts'
import { createTextSender } from './textSender.ts'
import { createThreadPort } from './threadPort.ts'
import { createWantedPlace } from './wantedPlace.ts'
import type { ConversationPort, ConversationPortInit } from './webviewPort.ts'

export function createConversationPort(init: ConversationPortInit): ConversationPort {
  const { model, desk, log, l10n } = init
  const sendText = createTextSender({ model, scan: scanBody, l10n, log })
  const held = new DisposableStore()
  /** The text that was sent last: what is attached goes out behind it. */
  let lastSend: ReturnType<typeof sendText> | undefined
  let feed: ConversationFeed | undefined
  let chosen: ConversationId | undefined
  let words: readonly string[] | undefined
  let hasBegun = false
  let isRestoring = false
  let isCreating = false
  /** The phrase on screen is the one of a new identity. */
  let isFirstRun = false
  let isReady = false
  /** The feed has posted its first page, to a webview page that is still there. */
  let isFlowing = false
  let isAttentive = false
  let wantsComposer = false
  let lastScreen = ''

  const post = inFewPosts((message) => {
    if (isReady && !held.isDisposed) init.post(message)
  })
  const postScreen = (screen: Screen): void =>
    post({ type: 'screen', screen, strings: init.strings, locale: init.locale })
  const say = (sentence: string | undefined): void => {
    if (sentence !== undefined) post({ type: 'failed', sentence })
  }
  const fail = (what: string, error: unknown): void => {
    if (held.isDisposed) return
    if (error instanceof ChatError) log.warn(`${what}: ${error.code}`)
    else log.error(what, error)
    // Everything was deleted meanwhile: what comes in its place says that there is nobody yet.
    if (error instanceof ChatError && error.code === 'no-identity') return
    post({ type: 'failed', sentence: errorSentence(error, l10n) })
  }
  const pressKey: KeyTarget = (deed) => post({ type: 'messageKey', deed })
  const store = createStoreTeller({ model, l10n, post })
  /** The feed of what the webview speaks of, unless another conversation is shown by now. */
  const feedOf = (conversation: ConversationId): ConversationFeed | undefined =>
    feed?.conversation === conversation ? feed : undefined
  const isShown = (conversation: ConversationId): boolean => feedOf(conversation) !== undefined
  const files = held.add(createFilePort({ model, desk, post, log, isShown }))
  const code = createCodePort({ desk, model, highlight: init.highlight, post })
  const place = createWantedPlace((error) => fail('going to a message', error))
  const threads = createThreadPort({ model, post, log })
  const closeFeed = (): void => {
    threads.dispose()
    feed?.dispose()
    feed = undefined
    isFlowing = false
  }

  const openFeed = async (conversation: ConversationId): Promise<void> => {
    closeFeed()
    const opening = createConversationFeed({ model, conversation, post, log })
    feed = opening
    opening.readMarker.setAttentive(isAttentive)
    const page = await opening.open()
    if (page === undefined || feed !== opening) return
    postScreen({ kind: 'conversation', page })
    postAttachments(conversation)
    opening.flow()
    isFlowing = true
    if (wantsComposer) post({ type: 'focusComposer' })
    wantsComposer = false
    place.settle(feed)
  }

  const postAttachments = (conversation: ConversationId): void => {
    if (feedOf(conversation) === undefined) return
    post({ type: 'attachments', conversation, attachments: desk.attachments.list(conversation) })
  }

  const render = (): void => {
    if (!isReady || isCreating || held.isDisposed) return
    // Whoever deletes everything later is at the very beginning again.
    if (model.snapshot.identity?.kind === 'ready') {
      hasBegun = false
      isRestoring = false
    }
    const memory = {
      hasBegun,
      isRestoring,
      ...(words === undefined ? {} : { words }),
      ...(chosen === undefined ? {} : { conversation: chosen }),
    }
    store.tell()
    const subject = screenSubject(model.snapshot, memory, l10n)
    const key = JSON.stringify(subject)
    if (key === lastScreen) return
    lastScreen = key
    if (subject.kind === 'screen') {
      closeFeed()
      postScreen(subject.screen)
    } else {
      openFeed(subject.conversation).catch((error: unknown) => fail('opening a conversation', error))
    }
  }

  const handle = async (message: WebviewToHost): Promise<void> => {
    if (isFileMessage(message)) return files.handle(message)
    switch (message.type) {
      case 'ready':
        isReady = true
        desk.messageKeys.setFocused(pressKey, false)
        files.forgetPage()
        lastScreen = ''
        store.forget()
        render()
        return code.postClones()
      case 'begin':
      case 'beginRestore':
        hasBegun = true
        isRestoring = message.type === 'beginRestore'
        render()
        return
      case 'restoreBackup':
        return desk.restoreBackup()
      case 'restore':
      case 'retryStore':
      case 'noteRepair':
      case 'draft':
      case 'typing':
        return askService(model, message)
      case 'createIdentity':
        return create(message.name)
      case 'phraseDone':
        if (message.written) await model.request('identity/confirmPhrase', {})
        leavePhrase()
        render()
        return desk.phraseDone()
      case 'copyPhrase':
        return words && desk.copy(words.join(' '))
      case 'recover':
        return recoverWithPhrase(model, message.phrase, l10n).then(say)
      case 'invite':
      case 'join':
        return desk[message.type]()
      case 'openWaiting':
        return desk.openWaiting(message.id)
      case 'send':
        lastSend = sendText(message)
        post(await lastSend)
        return
      case 'attachText':
      case 'attachFiles':
      case 'detach':
      case 'sendAttachments':
        if (message.type === 'sendAttachments') await lastSend
        return desk.attachments.handle(message)
      case 'loadOlder':
      case 'loadNewer':
      case 'reveal':
      case 'latest': {
        const shown = feedOf(message.conversation)
        return shown === undefined ? undefined : answerPage(shown, message)
      }
      case 'read':
        return feedOf(message.conversation)?.readMarker.offer(message.upTo)
      case 'openLink':
      case 'code':
      case 'highlight':
      case 'snippet':
      case 'openPlace':
      case 'patch':
      case 'copyMessage':
        return code.handle(message)
      case 'share':
        return feed === undefined ? undefined : desk.share(feed.conversation)
      case 'showSafetyNumber':
        return feed === undefined ? undefined : desk.showSafetyNumber(feed.conversation, message.person)
      case 'messageFocus': {
        desk.messageKeys.setFocused(pressKey, message.isOn)
        return
      }
      case 'pin':
      case 'focusEditor':
      case 'messageMenu':
      case 'react':
      case 'edit':
      case 'selection':
      case 'openMessage':
      case 'showLifetime':
        return handleMessageRequest({ model, desk, post }, message)
      case 'openThread':
      case 'closeThread':
      case 'loadThread':
        return threads.handle(message)
      case 'showMembers':
      case 'mute':
      case 'search':
      case 'unblock':
      case 'showRoomActions':
        return feed === undefined ? undefined : desk[message.type](feed.conversation)
      case 'showNetwork':
        return desk.showNetwork()
      default:
        return assertNever(message)
    }
  }

  /** The screen stays until the phrase is there, whatever is heard of the new identity meanwhile. */
  const create = async (name: string): Promise<void> => {
    isCreating = true
    desk.setFirstRun(true)
    try {
      const { phrase } = await model.request('identity/create', { name })
      words = phrase.split(' ')
      isFirstRun = true
    } finally {
      isCreating = false
      if (!isFirstRun) desk.setFirstRun(false)
    }
    render()
  }

  const leavePhrase = (): void => {
    words = undefined
    if (isFirstRun) desk.setFirstRun(false)
    isFirstRun = false
  }

  held.add(model.onDidChange(render))
  held.add(desk.attachments.onDidChange(postAttachments))
  return {
    receive(value) {
      const message = parseWebviewMessage(value)
      if (message === undefined) {
        log.warn('dropped a message of a webview that is of no known form')
        return
      }
      handle(message).catch((error: unknown) => fail(`webview ${message.type}`, error))
    },
    show(conversation) {
      chosen = conversation
      render()
    },
    showPhrase(shown) {
      words = shown
      render()
    },
    focusComposer() {
      wantsComposer = !isFlowing
      post({ type: 'focusComposer' })
    },
    reveal(wanted) {
      place.want(wanted)
      chosen = wanted.conversation
      render()
      if (isFlowing) place.settle(feed)
    },
    compose: (mode, message) => post({ type: 'compose', mode, message }),
    themeChanged: () => post({ type: 'themeChanged' }),
    clonesChanged: () => void code.postClones().catch((error: unknown) => fail('looking for clones', error)),
    pageGone() {
      isFlowing = false
    },
    setAttentive(value) {
      isAttentive = value
      if (!value) desk.messageKeys.setFocused(pressKey, false)
      feed?.readMarker.setAttentive(value)
    },
    dispose() {
      desk.messageKeys.setFocused(pressKey, false)
      leavePhrase()
      closeFeed()
      held.dispose()
    },
  }
}
