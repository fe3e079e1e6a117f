import type { Message } from '../../../src/shared/service.ts'
import type { HostToWebview, Screen } from '../../../src/shared/webviewProtocol.ts'
import { codeNews, codeShowcase } from './codeShowcase.ts'
import { roomShowcase } from './roomShowcase.ts'
import { samplePatch } from './patches.ts'
import { ada, bob, day, message, minute, now, page } from './fixtures.ts'

const words =
  'legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title'.split(
    ' ',
  )

/** A conversation that has a bit of everything. */
export const showcaseMessages: readonly Message[] = [
  message(1, {
    sentAt: now - 3 * day,
    body: { kind: 'notice', notice: 'contact-added', person: bob },
  }),
  message(2, { sentAt: now - 3 * day + minute, text: 'Hi Ada! The string holds 🎉' }),
  message(3, { sentAt: now - 3 * day + 2 * minute, text: 'Can you hear me?' }),
  message(4, { author: ada, sentAt: now - 3 * day + 3 * minute, text: 'Loud and clear.' }),
  message(5, { sentAt: now - day, body: { kind: 'notice', notice: 'verified', person: bob } }),
  message(6, {
    sentAt: now - day + minute,
    text: 'The flaky test is a **race**: we read `head` before the lock. See [the note](https://example.org/notes/42) or https://example.org.\n\n- read inside the lock\n- or retry once\n\n> never sleep in a test\n\n```typescript\nconst lock = await store.lock()\ntry {\n  return await store.head() // inside the lock\n} finally {\n  lock.release()\n}\n```',
  }),
  message(7, {
    author: ada,
    sentAt: now - day + 4 * minute,
    text: 'Oh, nice find: src/core/store/lockedStore.ts:41, also `test/store.test.ts:7`. I would do the first.',
  }),
  message(8, {
    author: ada,
    sentAt: now - day + 5 * minute,
    body: {
      kind: 'snippet',
      language: 'typescript',
      path: 'src/core/store/lockedStore.ts',
      lines: { first: 41, last: 46 },
      git: { remote: 'https://github.com/tincan/tincan.git', commit: '1f6b68a9c0ffee' },
      text: 'export async function lockedHead(store: Store): Promise<Head> {\n  const lock = await store.lock()\n  try {\n    return await store.head()\n  } finally {\n    lock.release()\n  }\n}',
    },
  }),
  message(9, { sentAt: now - 50 * minute, text: '👍' }),
  message(10, { sentAt: now - 49 * minute, text: 'שלום! זה עובד גם מימין לשמאל, עם `code` באמצע.' }),
  message(11, { sentAt: now - 48 * minute, body: { kind: 'unreadable', why: 'newer' } }),
  message(12, { sentAt: now + 365 * day, sentAtDoubtful: true, text: 'My clock may be off.' }),
  message(13, {
    author: ada,
    sentAt: now - 3 * minute,
    text: `A long word: ${'Donaudampfschifffahrtsgesellschaft'.repeat(4)}`,
    state: 'delivered',
  }),
  message(14, { author: ada, sentAt: now - 2 * minute, text: 'Are you still there?', state: 'queued' }),
  message(15, { author: ada, sentAt: now - minute, text: 'I will push it now.', state: 'queued' }),
]

/** Every screen, by name. */
export const showcase: Readonly<Record<string, Screen>> = {
  loading: { kind: 'loading' },
  welcome: { kind: 'welcome' },
  restore: { kind: 'restore' },
  name: { kind: 'name' },
  phrase: { kind: 'phrase', words },
  'start-empty': { kind: 'start', name: 'Ada', hasConversations: false, waiting: [] },
  start: {
    kind: 'start',
    name: 'Ada Lovelace',
    hasConversations: true,
    waiting: [
      {
        kind: 'inviting',
        id: 'a1',
        sentence: 'Nobody has used this invite yet.',
        expiresAt: now + 20 * 60 * minute,
      },
      {
        kind: 'joining',
        id: 'a2',
        sentence: 'Grace is offline. You join as soon as both of you are online.',
        expiresAt: now + 3 * 60 * minute,
      },
      { kind: 'confirming', id: 'a3', sentence: 'Bob wants to join.', expiresAt: now + 5 * 60 * minute },
    ],
  },
  conversation: {
    kind: 'conversation',
    page: page(showcaseMessages, {
      conversation: { online: false, members: [{ person: bob, name: 'Bob', verified: true }] },
    }),
  },
  'conversation-new': {
    kind: 'conversation',
    page: page(showcaseMessages.slice(0, 10), {
      conversation: { unread: 2, readUpTo: message(8).id, missing: 12 },
      draft: 'I am on it',
    }),
  },
  'conversation-deceptive': {
    kind: 'conversation',
    page: page([
      message(1, {
        body: {
          kind: 'snippet',
          language: 'c',
          text: '/* Only admins may \u202e } \u2066if (isAdmin)\u2069 \u2066 begin */\nif (is\u0410dmin\u200b(user)) {\n  grant(user);\n}',
          path: 'src/gr\u0430nt.c',
          lines: { first: 12, last: 15 },
        },
      }),
    ]),
  },
  'conversation-patch': { kind: 'conversation', page: page([message(1, { body: samplePatch })]) },
  ...codeShowcase,
  ...roomShowcase,
  'conversation-empty': { kind: 'conversation', page: page([]) },
  locked: { kind: 'locked', reason: 'secret-missing' },
  elsewhere: {
    kind: 'elsewhere',
    sentence: 'The other window runs another version of Tincan. Reload both, so that they run the same.',
  },
  broken: {
    kind: 'broken',
    sentence: 'Tincan needs glibc 2.33 or newer; this system has 2.31.',
  },
}

/** What the view is told of the user's own clone, for the snippet in `showcaseMessages`. */
export const cloneNews: readonly HostToWebview[] = [
  { type: 'clones', identities: ['github.com/tincan/tincan'] },
  {
    type: 'snippetPlace',
    message: message(8).id,
    place: { sentence: 'Your file differs in lines 41–46.', offers: ['compareWithMine', 'apply'] },
  },
  ...codeNews,
]
