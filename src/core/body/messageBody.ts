/**
 * The bytes inside an event's sealed body: a format version, a kind, then the fields of that kind.
 *
 * A version or a kind that this Tincan does not know is kept and shown as one that needs a newer Tincan. A kind once
 * written keeps its number and its fields: what has more to say is a kind of its own.
 */
import { assertNever } from '../../shared/assertNever.ts'
import { maxContextBytes, maxHunks, maxPatchBytes, maxPatchTitleBytes } from '../../shared/code.ts'
import { isSaid } from '../../shared/isSaid.ts'
import type { Placed } from '../../shared/messages.ts'
import { maxMentions } from '../../shared/rooms.ts'
import { maxTextBytes, type SnippetBody, type WrittenBody } from '../../shared/service.ts'
import { idBytes, toHex } from '../codec/bytes.ts'
import { Reader, Writer } from '../codec/codec.ts'
import { allocateBriefly } from '../codec/slab.ts'
import { hashBytes, publicKeyBytes } from '../crypto/primitives.ts'
import { patchOutcomes } from './codeBodies.ts'
import { parseFile, readFile, writeFile, type WireFile } from './fileBody.ts'
import {
  isAboutOther,
  aboutKinds,
  parseAbout,
  readAbout,
  readMessageId,
  writeAbout,
  writeMessageId,
} from './aboutBody.ts'
import type { AboutBody } from './aboutBody.ts'
import { isFields } from './bodyFields.ts'
import { isAboutLifetimes, lifetimeKinds, readLifetime, readLifetimeBody, writeLifetimeBody } from './lifetimeBodies.ts'
import type { FadedBody, LifetimeBody } from './lifetimeBodies.ts'
import { parsePlace, parseWrittenBody } from './parseSendBody.ts'
import {
  maxBranchBytes,
  maxCommitDigits,
  maxLanguageBytes,
  maxLine,
  maxPathBytes,
  maxRemoteBytes,
} from './snippetFields.ts'

const formatVersion = 1
/** A text that mentions somebody, and a snippet that says more of its origin, are kinds of their own, so that all others stay as they are. */
const kinds = { text: 1, snippet: 2, mentioning: 3, placedSnippet: 4, patch: 5, 'patch-result': 6, file: 30 } as const
/** What a message answers, its thread, and that it was forwarded; then the message as it would be without. */
const standing = 10

/** Everything that an event can say. */
export type WireBody = WrittenBody | WireFile | AboutBody | LifetimeBody | FadedBody

/** A received body that cannot be shown: written by a later Tincan, or not a body at all. */
export type UnreadableBytes = { readonly kind: 'unreadable'; readonly why: 'newer' | 'damaged' }

/** The bytes of a body, which must have come out of `parseWrittenBody`, for a moment: they are to be sealed. */
export function encodeBody(body: WireBody): Uint8Array {
  const writer = new Writer(allocateBriefly('text' in body ? body.text.length + 192 : 4096)).uint8(formatVersion)
  if (isAboutOther(body)) {
    writeAbout(writer.uint8(aboutKinds[body.kind]), body)
    return writer.finish()
  }
  if (isAboutLifetimes(body)) {
    writeLifetimeBody(writer, body)
    return writer.finish()
  }
  if (body.kind !== 'patch-result') writeStanding(writer, body)
  const kind = kindOf(body)
  writer.uint8(kind)
  switch (body.kind) {
    case 'text':
      writer.string(body.text)
      if (body.mentions === undefined) return writer.finish()
      writer.uint(body.mentions.length)
      for (const person of body.mentions) writer.fixed(idBytes(person))
      return writer.finish()
    case 'snippet':
      writer
        .string(body.language)
        .string(body.text)
        .optional(body.path, (path) => writer.string(path))
        .optional(body.lines, ({ first, last }) => writer.uint(first).uint(last))
        .optional(body.git?.remote, (remote) => writer.string(remote))
        .optional(body.git?.commit, (commit) => writer.string(commit))
      if (kind === kinds.placedSnippet)
        writer
          .optional(body.git?.branch, (branch) => writer.string(branch))
          .optional(body.hash, (hash) => writer.fixed(idBytes(hash)))
          .optional(body.context, ({ before, after }) => writer.string(before).string(after))
      return writer.finish()
    case 'patch':
      return writer
        .string(body.text)
        .optional(body.title, (title) => writer.string(title))
        .optional(body.git?.remote, (remote) => writer.string(remote))
        .optional(body.git?.commit, (commit) => writer.string(commit))
        .optional(body.git?.branch, (branch) => writer.string(branch))
        .finish()
    case 'patch-result':
      return writer
        .fixed(idBytes(body.patch))
        .uint8(patchOutcomes.indexOf(body.outcome))
        .optional(body.hunks, ({ applied, of }) => writer.uint(applied).uint(of))
        .finish()
    case 'file':
      writeFile(writer, body)
      return writer.finish()
    default:
      return assertNever(body)
  }
}

function kindOf(body: WrittenBody | WireFile): number {
  if (body.kind === 'text' && body.mentions !== undefined) return kinds.mentioning
  if (body.kind === 'snippet' && isPlaced(body)) return kinds.placedSnippet
  return kinds[body.kind]
}

const isPlaced = ({ git, hash, context }: SnippetBody): boolean =>
  git?.branch !== undefined || hash !== undefined || context !== undefined

/** Nothing where there is nothing to say. */
function writeStanding(writer: Writer, { replyTo, thread, forwarded, lifetimeMs }: Placed): void {
  if (lifetimeMs !== undefined) writer.uint8(lifetimeKinds.fleeting).uint(lifetimeMs)
  if (replyTo === undefined && thread === undefined && forwarded === undefined) return
  writer.uint8(standing)
  for (const id of [replyTo, thread])
    writer.optional(id, (message) => {
      writeMessageId(writer, message)
    })
  writer.boolean(forwarded === true)
}

/** Whether untrusted bytes are a message that says nothing about others and mentions nobody, if they are a body at all. */
export function isPlainBody(bytes: Uint8Array): boolean {
  const [version, kind] = bytes
  return version === formatVersion && (kind === kinds.text || kind === kinds.snippet || kind === kinds.placedSnippet)
}

/** The body in untrusted bytes. Every rule of `parseWrittenBody` holds for what arrives, too. */
export function decodeBody(bytes: Uint8Array): WireBody | UnreadableBytes {
  const reader = new Reader(bytes)
  const version = reader.uint8()
  const kind = reader.uint8()
  if (!reader.isValid || version === 0 || kind === 0) return { kind: 'unreadable', why: 'damaged' }
  if (version > formatVersion) return { kind: 'unreadable', why: 'newer' }
  return kind === lifetimeKinds.fleeting ? decodeFleeting(reader) : decodeKind(kind, reader)
}

function decodeFleeting(reader: Reader): WireBody | UnreadableBytes {
  const lifetimeMs = readLifetime(reader)
  const kind = reader.uint8()
  if (!reader.isValid) return { kind: 'unreadable', why: 'damaged' }
  const body = decodeKind(kind, reader)
  if (body.kind === 'unreadable') return body
  return isSaid(body) ? { ...body, lifetimeMs } : { kind: 'unreadable', why: 'damaged' }
}

function decodeKind(kind: number, reader: Reader): WireBody | UnreadableBytes {
  const aboutLifetimes = readLifetimeBody(kind, reader)
  if (aboutLifetimes !== undefined) return reader.isComplete ? aboutLifetimes : { kind: 'unreadable', why: 'damaged' }
  const about = readAbout(kind, reader)
  const fields = about ?? (kind === standing ? readStanding(reader) : readFields(kind, reader))
  if (fields === undefined) return { kind: 'unreadable', why: 'newer' }
  const body = reader.isComplete ? (isFields(about) ? parseAbout(about) : parseMessage(fields)) : undefined
  return typeof body === 'object' ? body : { kind: 'unreadable', why: 'damaged' }
}

function parseMessage(fields: object): WireBody | 'too-long' | undefined {
  if (!isFields(fields) || fields['kind'] !== 'file') return parseWrittenBody(fields)
  const place = parsePlace(fields)
  const file = parseFile(fields)
  return place && file && { ...file, ...place }
}

function readStanding(reader: Reader): object | undefined {
  const place = {
    replyTo: reader.optional(() => readMessageId(reader)),
    thread: reader.optional(() => readMessageId(reader)),
    forwarded: reader.boolean() || undefined,
  }
  // A message that stands nowhere is written without.
  if (place.replyTo === undefined && place.thread === undefined && place.forwarded === undefined) reader.fail()
  const kind = reader.uint8()
  if (!reader.isValid) return place
  const fields = readFields(kind, reader)
  return fields && { ...fields, ...place }
}

/** The fields as they stand, unchecked; `undefined` for an unknown kind. */
function readFields(kind: number, reader: Reader): object | undefined {
  switch (kind) {
    case kinds.text:
      return { kind: 'text', text: reader.string(maxTextBytes) }
    case kinds.mentioning:
      return {
        kind: 'text',
        text: reader.string(maxTextBytes),
        mentions: reader.list(maxMentions, () => toHex(reader.fixed(publicKeyBytes))),
      }
    case kinds.snippet:
      return { ...readSnippet(reader), git: readOrigin(reader) }
    case kinds.placedSnippet:
      return readPlacedSnippet(reader)
    case kinds.patch:
      return {
        kind: 'patch',
        text: reader.string(maxPatchBytes),
        title: reader.optional(() => reader.string(maxPatchTitleBytes)),
        git: { ...readOrigin(reader), branch: readBranch(reader) },
      }
    case kinds['patch-result']:
      return {
        kind: 'patch-result',
        patch: readMessageId(reader),
        outcome: patchOutcomes[reader.uint8()],
        hunks: reader.optional(() => ({ applied: reader.uint(maxHunks), of: reader.uint(maxHunks) })),
      }
    case kinds.file:
      return readFile(reader)
    default:
      return undefined
  }
}

const readSnippet = (reader: Reader): object => ({
  kind: 'snippet',
  language: reader.string(maxLanguageBytes),
  text: reader.string(maxTextBytes),
  path: reader.optional(() => reader.string(maxPathBytes)),
  lines: reader.optional(() => ({ first: reader.uint(maxLine), last: reader.uint(maxLine) })),
})

function readPlacedSnippet(reader: Reader): object {
  const snippet = readSnippet(reader)
  const git = { ...readOrigin(reader), branch: readBranch(reader) }
  const hash = reader.optional(() => toHex(reader.fixed(hashBytes)))
  const context = reader.optional(() => ({
    before: reader.string(maxContextBytes),
    after: reader.string(maxContextBytes),
  }))
  // One that has none of these is written as a plain snippet.
  if (git.branch === undefined && hash === undefined && context === undefined) reader.fail()
  return { ...snippet, git, hash, context }
}

const readOrigin = (reader: Reader): object => ({
  remote: reader.optional(() => reader.string(maxRemoteBytes)),
  commit: reader.optional(() => reader.string(maxCommitDigits)),
})

const readBranch = (reader: Reader): string | undefined => reader.optional(() => reader.string(maxBranchBytes))
