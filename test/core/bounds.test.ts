/** Every written bound of what others may send: what lies at it is taken, one more and a hundred times as much are not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeBody, encodeBody } from '../../src/core/body/messageBody.ts'
import { parseFile } from '../../src/core/body/fileBody.ts'
import { parseSendBody } from '../../src/core/body/parseSendBody.ts'
import {
  maxBranchBytes,
  maxCommitDigits,
  maxLanguageBytes,
  maxLine,
  maxPathBytes,
} from '../../src/core/body/snippetFields.ts'
import { Writer } from '../../src/core/codec/codec.ts'
import { parseName } from '../../src/core/contact/name.ts'
import { maxBodyBytes } from '../../src/core/event/event.ts'
import { maxRanges } from '../../src/core/event/ranges.ts'
import { decodeRun, encodeRun, maxRunEvents, type Run } from '../../src/core/event/run.ts'
import { maxAskedParts } from '../../src/core/files/fileFrame.ts'
import { maxPartBytes, maxParts } from '../../src/core/files/fileShape.ts'
import { maxDeviceListBytes } from '../../src/core/identity/deviceList.ts'
import { maxLinkLength, parseInviteLink } from '../../src/core/invite/inviteLink.ts'
import { decodeFrame, encodeFrame, maxChannels, maxHaveEntries, type Frame } from '../../src/core/link/frame.ts'
import { decodePacket, maxFrameBytes, maxPacketFrames } from '../../src/core/link/packet.ts'
import { maxPacketBytes } from '../../src/core/ports/transport.ts'
import { parseParams } from '../../src/core/service/params.ts'
import { maxContextBytes, maxPatchBytes, maxPatchTitleBytes } from '../../src/shared/code.ts'
import { maxFileBytes, maxFileNameBytes, maxMediaTypeLength, maxPictureSide } from '../../src/shared/files.ts'
import { maxHistoryPage, maxNameBytes, maxTextBytes } from '../../src/shared/service.ts'
import { ChatError } from '../../src/shared/chatError.ts'
import { count } from '../record/tally.ts'
import { sampleChain, sampleRun } from './event/sampleLog.ts'

const key = new Uint8Array(32)
const isRead = (frame: Frame): boolean => typeof decodeFrame(encodeFrame(frame)) === 'object'
const isRunRead = (run: Run): boolean => decodeRun(encodeRun(run)) !== undefined
const snippet = (fields: object): boolean => {
  const body = parseSendBody({ kind: 'snippet', language: 'ts', text: 'x', ...fields })
  return typeof body === 'object' && decodeBody(encodeBody(body)).kind === 'snippet'
}
const isTaken = (method: Parameters<typeof parseParams>[0], params: object): boolean => {
  try {
    parseParams(method, params)
    return true
  } catch (error) {
    if (error instanceof ChatError) return false
    throw error
  }
}
const conversation = 'ab'.repeat(32)
const ranges = (many: number) => Array.from({ length: many }, (_, i) => ({ from: 1 + 3 * i, to: 2 + 3 * i }))

/** A `have` as somebody writes it who keeps to no bound. */
function crowdedHave(many: number): Uint8Array {
  const writer = new Writer().uint8(4).uint(0).uint(1).fixed(key).uint(many)
  for (const { from, to } of ranges(many)) writer.uint(from).uint(to - from)
  return writer.finish()
}

const [sample] = sampleChain(1)
assert.ok(sample !== undefined)
const somePart = { type: 'file-part', file: 0, part: 1, bytes: key } as const
const someFile = {
  kind: 'file',
  name: 'n',
  size: 1,
  mediaType: 'a/b',
  root: 'ab'.repeat(32),
  key: 'cd'.repeat(32),
} as const
const file = (fields: object): boolean =>
  parseFile({ ...someFile, ...fields }) !== undefined &&
  decodeBody(encodeBody({ ...someFile, ...fields })).kind === 'file'

/** A `file-has` as somebody writes it who keeps to no bound. */
function crowdedHas(many: number): Uint8Array {
  const writer = new Writer().uint8(19).uint(0).uint(many)
  for (const { from, to } of ranges(many)) writer.uint(from).uint(to - from)
  return writer.finish()
}

const runOf = (events: number, bytes: number): Run => {
  const run = sampleRun([sample])
  const body = { kind: 'sealed' as const, bytes: new Uint8Array(bytes) }
  const all = Array.from({ length: events }, (_, i) => ({ ...sample, seq: i + 1, clock: i + 1, body }))
  return { ...run, events: all }
}

const bounds: readonly (readonly [what: string, bound: number, isTaken: (size: number) => boolean])[] = [
  ['bytes of a name', maxNameBytes, (size) => parseName('n'.repeat(size)) !== undefined],
  [
    'bytes of a name in a profile',
    maxNameBytes,
    (size) => isRead({ type: 'profile', name: 'n'.repeat(size), deviceList: key, addressSecret: key }),
  ],
  [
    'bytes of a device list',
    maxDeviceListBytes,
    (size) => isRead({ type: 'profile', name: 'n', deviceList: new Uint8Array(size), addressSecret: key }),
  ],
  [
    'bytes of a text',
    maxTextBytes,
    (size) => typeof parseSendBody({ kind: 'text', text: 'x'.repeat(size) }) === 'object',
  ],
  [
    'bytes of a text that arrives',
    maxTextBytes,
    (size) => decodeBody(encodeBody({ kind: 'text', text: 'x'.repeat(size) })).kind === 'text',
  ],
  [
    'bytes of a patch',
    maxPatchBytes,
    (size) => decodeBody(encodeBody({ kind: 'patch', text: 'x'.repeat(size) })).kind === 'patch',
  ],
  [
    "bytes of a patch's title",
    maxPatchTitleBytes,
    (size) => typeof parseSendBody({ kind: 'patch', text: 'x', title: 't'.repeat(size) }) === 'object',
  ],
  [
    'bytes of what stands before a snippet',
    maxContextBytes,
    (size) => snippet({ context: { before: 'x'.repeat(size), after: '' } }),
  ],
  ['bytes of a branch', maxBranchBytes, (size) => snippet({ git: { branch: 'b'.repeat(size) } })],
  ['bytes of a language', maxLanguageBytes, (size) => snippet({ language: 'l'.repeat(size) })],
  ['bytes of a path', maxPathBytes, (size) => snippet({ path: 'p'.repeat(size) })],
  ['digits of a commit', maxCommitDigits, (size) => snippet({ git: { commit: 'a'.repeat(size) } })],
  ['lines', maxLine, (size) => snippet({ lines: { first: 1, last: size } })],
  ['channels', maxChannels, (size) => isRead({ type: 'open', channel: size - 1, token: key })],
  [
    'logs of a have',
    maxHaveEntries,
    (size) =>
      isRead({ type: 'have', channel: 0, entries: Array.from({ length: size }, () => ({ device: key, ranges: [] })) }),
  ],
  ['ranges of a log', maxRanges, (size) => typeof decodeFrame(crowdedHave(size)) === 'object'],
  ['credit', 1024, (size) => isRead({ type: 'credit', channel: 0, count: size })],
  ['events of a run', maxRunEvents, (size) => isRunRead(runOf(size, 1))],
  ['bytes of a body', maxBodyBytes, (size) => isRunRead(runOf(1, size))],
  ['bytes of a part of a file', maxPartBytes, (size) => isRead({ ...somePart, bytes: new Uint8Array(size) })],
  ['parts of a file', maxParts, (size) => isRead({ ...somePart, part: size })],
  ['parts asked for at once', maxAskedParts, (size) => isRead({ type: 'file-ask', file: 0, from: 1, count: size })],
  ['ranges of parts', maxRanges, (size) => typeof decodeFrame(crowdedHas(size)) === 'object'],
  ['bytes of a file', maxFileBytes, (size) => file({ size })],
  ["bytes of a file's name", maxFileNameBytes, (size) => file({ name: 'n'.repeat(size) })],
  ['characters of a media type', maxMediaTypeLength, (size) => file({ mediaType: `a/${'b'.repeat(size - 2)}` })],
  ['pixels of a side', maxPictureSide, (size) => file({ picture: { width: size, height: 1 } })],
  ['frames of a packet', maxPacketFrames, (size) => decodePacket(new Uint8Array(2 * size).fill(1)) !== undefined],
  ['bytes of a packet', maxPacketBytes, (size) => decodePacket(new Uint8Array(size)) !== undefined],
  [
    'bytes of a frame',
    maxFrameBytes,
    (size) => decodePacket(new Writer().bytes(new Uint8Array(size).fill(1)).finish()) !== undefined,
  ],
  ['messages of a page', maxHistoryPage, (size) => isTaken('conversation/history', { conversation, limit: size })],
  ['characters of a draft', 64 * 1024, (size) => isTaken('draft/set', { conversation, text: 'd'.repeat(size) })],
  ['characters of a phrase', 1024, (size) => isTaken('identity/recover', { phrase: 'p'.repeat(size) })],
]

for (const [what, bound, isWithin] of bounds)
  test(`${String(bound)} ${what} are taken, one more and a hundred times as many are not`, () => {
    assert.deepEqual([bound, bound + 1, 100 * bound].map(isWithin), [true, false, false])
    count({ badInputs: 2 })
  })

test('an invite link of any length is answered, and one over its bound is none', () => {
  for (const length of [maxLinkLength, maxLinkLength + 1, 100 * maxLinkLength]) {
    const { kind } = parseInviteLink(`vscode://tincan.tincan/join#${'A'.repeat(length)}`.slice(0, length))
    assert.notEqual(kind, 'ok')
  }
  count({ badInputs: 3 })
})

test('what is nested very deeply, inherited, or named like what every object has is refused as any other wrong value', () => {
  const depth = 100_000
  const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as unknown
  let chain: object = {}
  for (let i = 0; i < depth; i++) chain = { text: chain, body: chain, kind: chain }
  const wrong: readonly object[] = [
    { conversation, body: deep },
    { conversation, body: chain },
    { conversation, body: { kind: 'text', text: deep } },
    { conversation, body: JSON.parse('{"__proto__":{"kind":"text","text":"inherited"}}') as object },
    { conversation, body: { kind: '__proto__', text: 'x' } },
    { conversation, body: { kind: 'constructor', text: 'x' } },
    { conversation: deep, body: { kind: 'text', text: 'x' } },
    { conversation: { toString: () => conversation }, body: { kind: 'text', text: 'x' } },
    { conversation, body: { kind: 'text', text: 'half \ud800' } },
    { conversation, body: { kind: 'text', text: { length: 1, trim: () => 'x' } } },
  ]
  for (const params of wrong) assert.equal(isTaken('message/send', params), false)
  assert.equal(
    isTaken('message/send', { conversation, body: { kind: 'text', text: 'NUL \u0000 is a character' } }),
    true,
  )
  assert.equal(({} as { kind?: unknown }).kind, undefined)
  count({ badInputs: wrong.length })
})
