import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { uploadPieceBytes } from '../../src/shared/fileProtocol.ts'
import { parseConversationId, parseMessageId, parsePersonId } from '../../src/shared/ids.ts'
import { parseSafeLink } from '../../src/shared/parseSafeLink.ts'
import { maxCodeBytes, maxDraftBytes, maxUriBytes, parseWebviewMessage } from '../../src/shared/parseWebviewMessage.ts'
import { maxHidden } from '../../src/shared/messages.ts'
import { maxMentions } from '../../src/shared/rooms.ts'
import { maxTextBytes } from '../../src/shared/service.ts'
import { utf8Length } from '../../src/shared/utf8Length.ts'
import { maxPathBytes } from '../../src/shared/workspacePath.ts'
import { maxAttachments } from '../../src/shared/webviewProtocol.ts'
import type { WebviewToHost } from '../../src/shared/webviewProtocol.ts'

const id = parseMessageId('0'.repeat(76))
const conversation = parseConversationId('c'.repeat(64))
const people = Array.from({ length: maxMentions + 1 }, (_, index) =>
  parsePersonId(index.toString(16).padStart(64, '0')),
)
const [person] = people
const manyIds = Array.from({ length: maxHidden + 1 }, (_, index) =>
  parseMessageId(index.toString(16).padStart(76, '0')),
).filter((one) => one !== undefined)
assert.ok(id !== undefined && conversation !== undefined && person !== undefined)

const valid: readonly WebviewToHost[] = [
  { type: 'ready' },
  { type: 'begin' },
  { type: 'beginRestore' },
  { type: 'restoreBackup' },
  { type: 'restore', phrase: 'one two', name: 'Ada' },
  { type: 'retryStore' },
  { type: 'noteRepair' },
  { type: 'createIdentity', name: 'Ada' },
  { type: 'phraseDone', written: false },
  { type: 'copyPhrase' },
  { type: 'recover', phrase: 'abandon '.repeat(24).trim() },
  { type: 'invite' },
  { type: 'join' },
  { type: 'openWaiting', id: 'ab12' },
  { type: 'send', request: 0, conversation, text: 'x'.repeat(maxTextBytes) },
  { type: 'send', request: 0, conversation, text: '@Ada', mentions: [person] },
  { type: 'send', request: 0, conversation, text: 'x', anyway: true },
  { type: 'send', request: 0, conversation, text: 'x', replyTo: id },
  { type: 'focusEditor' },
  { type: 'edit', conversation, message: id, text: 'better' },
  { type: 'edit', conversation, message: id, text: '@Ada', mentions: [person] },
  { type: 'react', conversation, message: id, emoji: '🎉', on: false },
  { type: 'messageMenu', menu: 'react', conversation, message: id },
  { type: 'messageMenu', menu: 'history', conversation, message: id },
  { type: 'messageMenu', menu: 'more', conversation, message: id },
  { type: 'messageMenu', menu: 'erase', conversation, message: id },
  { type: 'messageFocus', isOn: true },
  { type: 'send', request: 0, conversation, text: 'x', replyTo: id, thread: id },
  { type: 'draft', conversation, text: 'x', thread: id },
  { type: 'sendAttachments', conversation, thread: id },
  { type: 'selection', deed: 'hide', conversation, messages: [id] },
  { type: 'selection', deed: 'copy', conversation, messages: manyIds.slice(1) },
  { type: 'showLifetime', conversation },
  { type: 'openThread', conversation, message: id },
  { type: 'openMessage', conversation, message: id },
  { type: 'closeThread' },
  { type: 'loadThread', request: 3, conversation, message: id, before: id },
  { type: 'file', action: 'watch', conversation, message: id },
  { type: 'file', action: 'save', conversation, message: id },
  { type: 'pickFiles', conversation },
  { type: 'uploadBegin', conversation, upload: 1, name: 'a.png', size: 5 },
  {
    type: 'uploadBegin',
    conversation,
    upload: 1,
    name: 'a.png',
    size: 5,
    picture: { width: 640, height: 480, thumbnail: 'AAAA' },
  },
  { type: 'uploadEnd', upload: 1 },
  { type: 'thumbnail', id: 2 },
  { type: 'thumbnail', id: 2, picture: { width: 1, height: 1 } },
  { type: 'draft', conversation, text: 'x'.repeat(maxDraftBytes) },
  { type: 'typing', conversation, isTyping: true },
  { type: 'loadOlder', request: 7, conversation, before: id },
  { type: 'loadNewer', request: 7, conversation, after: id },
  { type: 'reveal', conversation, message: id },
  { type: 'latest', conversation },
  { type: 'read', conversation, upTo: id },
  { type: 'openLink', url: 'https://example.org/?a=b#c' },
  { type: 'code', action: 'insert', language: 'typescript', text: 'x'.repeat(maxCodeBytes) },
  { type: 'code', action: 'open', language: 'typescript', text: 'x', path: 'src/kettle.ts' },
  { type: 'code', action: 'compare', language: 'typescript', text: 'x' },
  { type: 'code', action: 'terminal', language: 'shellscript', text: 'ls' },
  { type: 'snippet', action: 'openInClone', conversation, message: id },
  { type: 'snippet', action: 'compareWithMine', conversation, message: id },
  { type: 'snippet', action: 'apply', conversation, message: id },
  { type: 'openPlace', place: { path: 'src/kettle.ts', line: 3 } },
  { type: 'openPlace', place: { path: 'src/kettle.ts', line: 3, column: 4, last: 5 } },
  { type: 'patch', action: 'apply', conversation, message: id },
  { type: 'patch', action: 'recall', conversation, message: id },
  { type: 'patch', action: 'view', conversation, message: id, file: 3 },
  { type: 'copyMessage', text: 'ümläut' },
  { type: 'highlight', key: 'h1', language: '', text: 'let x' },
  { type: 'share' },
  { type: 'attachText', conversation, text: 'a = 1', language: 'python' },
  { type: 'attachFiles', conversation, uris: ['file:///kettle.ts'] },
  { type: 'detach', conversation, id: 3 },
  { type: 'sendAttachments', conversation },
  { type: 'showSafetyNumber' },
  { type: 'showSafetyNumber', person },
  { type: 'pin', conversation, message: id, pinned: true },
  { type: 'showMembers' },
  { type: 'showRoomActions' },
  { type: 'mute' },
  { type: 'search' },
  { type: 'unblock' },
  { type: 'showNetwork' },
]

const refused: readonly (readonly [string, unknown])[] = [
  ['no object', 'ready'],
  ['an array', ['ready']],
  ['an unknown type', { type: 'eval' }],
  ['a type from the prototype', { type: 'toString' }],
  ['__proto__ as a type', { type: '__proto__' }],
  ['an inherited type', Object.create({ type: 'ready' }) as unknown],
  ['inherited fields', Object.assign(Object.create({ text: 'hi' }) as object, { type: 'draft' })],
  ['a blank attachment', { type: 'attachText', conversation, text: ' \n', language: 'python' }],
  [
    'an attachment that is too long',
    { type: 'attachText', conversation, text: 'x'.repeat(maxTextBytes + 1), language: '' },
  ],
  ['an attachment to nothing', { type: 'attachText', text: 'a', language: 'python' }],
  ['no dropped files', { type: 'attachFiles', conversation, uris: [] }],
  [
    'too many dropped files',
    { type: 'attachFiles', conversation, uris: new Array(maxAttachments + 1).fill('file:///a') },
  ],
  ['an address that is none', { type: 'attachFiles', conversation, uris: ['file:///a', 7] }],
  ['an address that is too long', { type: 'attachFiles', conversation, uris: ['x'.repeat(maxUriBytes + 1)] }],
  ['an attachment without a number', { type: 'detach', conversation, id: -1 }],
  ['attachments of no conversation', { type: 'sendAttachments', conversation: 'all' }],
  ['an unknown action with a file', { type: 'file', action: 'run', conversation, message: id }],
  ['a file of no message', { type: 'file', action: 'save', conversation }],
  ['a piece of text', { type: 'uploadPiece', upload: 1, data: 'abc' }],
  ['a piece that is too long', { type: 'uploadPiece', upload: 1, data: new Uint8Array(uploadPieceBytes + 1) }],
  ['a file of no size', { type: 'uploadBegin', conversation, upload: 1, name: 'a', size: -1 }],
  ['a picture of no width', { type: 'thumbnail', id: 1, picture: { width: 0, height: 5 } }],
  ['a thumbnail that is no base64', { type: 'thumbnail', id: 1, picture: { width: 5, height: 5, thumbnail: '<svg>' } }],
  [
    'a thumbnail that is too long',
    { type: 'thumbnail', id: 1, picture: { width: 5, height: 5, thumbnail: 'A'.repeat(20_000) } },
  ],
  ['an empty name', { type: 'createIdentity', name: '' }],
  ['a name over 64 bytes', { type: 'createIdentity', name: 'é'.repeat(33) }],
  ['an emoji that is none', { type: 'react', conversation, message: id, emoji: 'no', on: true }],
  ['two emoji at once', { type: 'react', conversation, message: id, emoji: '👍👍', on: true }],
  ['a blank wording', { type: 'edit', conversation, message: id, text: ' ' }],
  ['an answer to nothing', { type: 'send', request: 0, conversation, text: 'x', replyTo: 'ab' }],
  ['a selection of nothing', { type: 'selection', deed: 'hide', conversation, messages: [] }],
  ['a selection of too much', { type: 'selection', deed: 'hide', conversation, messages: manyIds }],
  ['a deed there is not', { type: 'selection', deed: 'burn', conversation, messages: [id] }],
  ['a thread of nothing', { type: 'send', request: 0, conversation, text: 'x', thread: '' }],
  ['a draft in a thread of nothing', { type: 'draft', conversation, text: 'x', thread: 7 }],
  ['attachments for a thread of nothing', { type: 'sendAttachments', conversation, thread: null }],
  ['a page of a thread without its place', { type: 'loadThread', request: 3, conversation, message: id }],
  ['a menu there is not', { type: 'messageMenu', menu: 'run', conversation, message: id }],
  ['a focus of no kind', { type: 'messageFocus', isOn: 'yes' }],
  ['a text decision', { type: 'phraseDone', written: 'yes' }],
  ['a phrase over 500 characters', { type: 'recover', phrase: 'a'.repeat(501) }],
  ['a restored phrase over 500 characters', { type: 'restore', phrase: 'a'.repeat(501), name: 'Ada' }],
  ['a restored person without a name', { type: 'restore', phrase: 'one two', name: '' }],
  ['a text of one byte too many', { type: 'send', request: 1, conversation, text: 'x'.repeat(maxTextBytes + 1) }],
  ['a text short in characters and long in bytes', { type: 'send', request: 1, conversation, text: '€'.repeat(6000) }],
  ['a word on secrets that is none', { type: 'send', request: 1, conversation, text: 'x', anyway: 1 }],
  ['an empty message', { type: 'send', request: 1, conversation, text: '' }],
  ['a lone surrogate', { type: 'draft', conversation, text: 'a\ud800b' }],
  ['a fractional request', { type: 'send', request: 1.5, conversation, text: 'x' }],
  ['a negative request', { type: 'loadOlder', request: -1, conversation, before: id }],
  ['an unsafe request', { type: 'loadOlder', request: 2 ** 53, conversation, before: id }],
  ['a garbled message id', { type: 'read', conversation, upTo: 'xyz' }],
  ['an unknown code action', { type: 'code', action: 'run', language: 'sh', text: '' }],
  ['an unknown snippet action', { type: 'snippet', action: 'run', conversation, message: id }],
  ['a snippet of no message', { type: 'snippet', action: 'apply', conversation }],
  ['a snippet that brings its own text', { type: 'snippet', action: 'apply', text: 'x' }],
  ['a place out of the workspace', { type: 'openPlace', place: { path: '../a.ts', line: 3 } }],
  ['a place without a line', { type: 'openPlace', place: { path: 'a.ts' } }],
  ['a place that is a text', { type: 'openPlace', place: 'a.ts:3' }],
  ['a place of inherited fields', { type: 'openPlace', place: Object.create({ path: 'a.ts', line: 3 }) as unknown }],
  ['code over 64 KiB', { type: 'code', action: 'copy', language: 'sh', text: 'x'.repeat(maxCodeBytes + 1) }],
  ['too many mentions', { type: 'send', request: 1, conversation, text: 'x', mentions: people }],
  ['a message to nobody', { type: 'send', request: 1, text: 'x' }],
  ['typing that is no yes or no', { type: 'typing', conversation, isTyping: 1 }],
  ['typing in a garbled conversation', { type: 'typing', conversation: 'c', isTyping: true }],
  ['a draft of a garbled conversation', { type: 'draft', conversation: 'c', text: 'x' }],
  ['a draft over 64 KiB', { type: 'draft', conversation, text: 'x'.repeat(maxDraftBytes + 1) }],
  ...[
    '',
    '/etc/passwd',
    'a/../b',
    '..',
    './a',
    'a//b',
    'a/',
    'c:/a',
    'a\\b',
    'a\nb',
    'a\u202eb',
    'x'.repeat(maxPathBytes + 1),
    7,
    null,
  ].map(
    (path) =>
      [
        `the path ${JSON.stringify(path).slice(0, 20)}`,
        { type: 'code', action: 'open', language: 'ts', text: '', path },
      ] as const,
  ),
  ['a key over 100 characters', { type: 'highlight', key: 'k'.repeat(101), language: '', text: '' }],
  ['a language with a line break', { type: 'highlight', key: 'k', language: 'a\nb', text: '' }],
  ['an unknown action with a patch', { type: 'patch', action: 'run', conversation, message: id }],
  ['a command link', { type: 'openLink', url: 'command:workbench.action.quit' }],
]

describe('parseWebviewMessage', () => {
  it('accepts a piece of a file as bytes, and nothing beside it', () => {
    const piece = { type: 'uploadPiece', upload: 1, data: new Uint8Array(uploadPieceBytes) } as const
    assert.deepEqual(parseWebviewMessage({ ...piece, extra: 1 }), piece)
  })
  for (const message of valid) {
    it(`accepts ${message.type} unchanged`, () => {
      assert.deepEqual(parseWebviewMessage(structuredClone(message)), message)
    })
    it(`drops fields that ${message.type} does not have`, () => {
      const extended = JSON.parse(
        JSON.stringify(message).replace(/}$/, ',"extra":1,"__proto__":{"type":"x"}}'),
      ) as unknown
      assert.deepEqual(parseWebviewMessage(extended), message)
    })
    for (const field of Object.keys(message)) {
      it(`refuses ${message.type} with ${field} of a wrong type`, () => {
        const isOptional = [
          'path',
          'mentions',
          'anyway',
          'until',
          'person',
          'file',
          'replyTo',
          'thread',
          'picture',
        ].includes(field)
        const absent = isOptional ? [] : [undefined]
        const list = field === 'mentions' ? [['x'], [person, null]] : [[]]
        for (const wrong of [...absent, ...list, null, {}, Symbol.iterator, Number.NaN, () => 'ready']) {
          assert.equal(parseWebviewMessage({ ...message, [field]: wrong }), undefined)
        }
      })
    }
  }

  for (const [what, value] of refused) {
    it(`refuses ${what}`, () => {
      assert.equal(parseWebviewMessage(value), undefined)
    })
  }

  it('never throws, and answers random values with a known message or nothing', () => {
    const types = valid.map((message) => message.type)
    const arbitrary = fc.oneof(
      fc.anything({ withNullPrototype: true, withBigInt: true }),
      fc.jsonValue(),
      fc.record(
        {
          type: fc.oneof(fc.constantFrom<string>(...types, '__proto__', 'constructor', 'valueOf'), fc.string()),
          text: fc.anything(),
          name: fc.anything(),
          request: fc.anything(),
          before: fc.anything(),
          url: fc.anything(),
          key: fc.anything(),
          language: fc.anything(),
          action: fc.anything(),
        },
        { requiredKeys: ['type'] },
      ),
    )
    fc.assert(
      fc.property(arbitrary, (value) => {
        const message = parseWebviewMessage(value)
        if (message === undefined) return
        assert.ok((types as readonly string[]).includes(message.type))
        assert.deepEqual(parseWebviewMessage(message), message)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves the prototype of objects alone', () => {
    parseWebviewMessage(
      JSON.parse('{"type":"ready","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
    )
    assert.equal(({} as { polluted?: boolean }).polluted, undefined)
  })
})

describe('parseSafeLink', () => {
  for (const link of ['http://a', 'https://a.example/b?c=d#e', 'HTTPS://A', 'mailto:ada@example.org']) {
    it(`lets ${link} pass`, () => {
      assert.equal(parseSafeLink(link), link)
    })
  }
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    ' https://a',
    'https://a b',
    'command:x',
    'vscode://tincan.tincan/join#x',
    'vscode-insiders://x',
    'file:///etc/passwd',
    'data:text/html,x',
    '//a.example',
    '/relative',
    'https:',
    'https://',
    'mailto:',
    `https://a/${'x'.repeat(2048)}`,
  ]
  for (const link of bad) {
    it(`refuses ${JSON.stringify(link.slice(0, 40))}`, () => {
      assert.equal(parseSafeLink(link), undefined)
    })
  }
})

describe('utf8Length', () => {
  it('counts what an encoder writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.equal(utf8Length(text), new TextEncoder().encode(text).length)
      }),
    )
    assert.equal(utf8Length('\ud800a'), new TextEncoder().encode('\ud800a').length)
  })
})
