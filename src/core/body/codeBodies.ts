import {
  maxContextBytes,
  maxHunks,
  maxPatchTitleBytes,
  type CodeOrigin,
  type PatchBody,
  type PatchOutcome,
  type PatchResultBody,
  type SnippetBody,
} from '../../shared/code.ts'
import { parseMessageId } from '../../shared/ids.ts'
import { toHex } from '../codec/bytes.ts'
import { encodeUtf8, isWellFormed } from '../codec/utf8.ts'
import { sha256 } from '../crypto/primitives.ts'
import { isFields, type BodyFields } from './bodyFields.ts'
import { isGitBranch, isGitCommit, isGitRemote, isLanguage, isLine, isShown, isWorkspacePath } from './snippetFields.ts'

/** The outcomes of a patch, in the order of their numbers in an event. */
export const patchOutcomes: readonly PatchOutcome[] = ['applied', 'partly-applied', 'declined']

/** A snippet of this text from untrusted fields; `undefined` when one of them is wrong. */
export function parseSnippet(value: BodyFields, text: string): SnippetBody | undefined {
  const { language, path, lines, git, hash, context } = value
  if (!isLanguage(language)) return undefined
  if (path !== undefined && !isWorkspacePath(path)) return undefined
  const range = lines === undefined ? undefined : parseLines(lines)
  if (lines !== undefined && range === undefined) return undefined
  const origin = git === undefined ? {} : parseOrigin(git)
  if (origin === undefined) return undefined
  if (hash !== undefined && hash !== toHex(sha256(encodeUtf8(text)))) return undefined
  const around = context === undefined ? undefined : parseContext(context)
  if (context !== undefined && around === undefined) return undefined
  return {
    kind: 'snippet',
    language,
    text,
    ...(path === undefined ? {} : { path }),
    ...(range === undefined ? {} : { lines: range }),
    ...origin,
    ...(hash === undefined ? {} : { hash }),
    ...(around === undefined ? {} : { context: around }),
  }
}

/** A patch of this text from untrusted fields; `undefined` when one of them is wrong. What the text holds is left open. */
export function parsePatchBody({ title, git }: BodyFields, text: string): PatchBody | undefined {
  if (title !== undefined && (!isShown(title, maxPatchTitleBytes) || title.trim() === '')) return undefined
  const origin = git === undefined ? {} : parseOrigin(git)
  if (origin === undefined) return undefined
  return { kind: 'patch', text, ...(title === undefined ? {} : { title }), ...origin }
}

/** What became of a patch, from untrusted fields; `undefined` when one of them is wrong or they contradict each other. */
export function parsePatchResult({ patch: id, outcome, hunks }: BodyFields): PatchResultBody | undefined {
  const patch = parseMessageId(id)
  const known = patchOutcomes.find((each) => each === outcome)
  if (patch === undefined || known === undefined) return undefined
  if (hunks === undefined) return { kind: 'patch-result', patch, outcome: known }
  if (!isFields(hunks)) return undefined
  const { applied, of } = hunks
  if (!isHunkCount(applied) || !isHunkCount(of) || applied > of) return undefined
  return { kind: 'patch-result', patch, outcome: known, hunks: { applied, of } }
}

const isHunkCount = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maxHunks

function parseLines(value: unknown): SnippetBody['lines'] {
  if (!isFields(value)) return undefined
  const { first, last } = value
  return isLine(first) && isLine(last) && first <= last ? { first, last } : undefined
}

function parseContext(value: unknown): SnippetBody['context'] {
  if (!isFields(value)) return undefined
  const { before, after } = value
  if (!isContext(before) || !isContext(after) || before + after === '') return undefined
  return { before, after }
}

const isContext = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= maxContextBytes &&
  isWellFormed(value) &&
  encodeUtf8(value).length <= maxContextBytes

/** Nothing for an origin that says nothing, which is the same as none. */
function parseOrigin(value: unknown): { readonly git?: CodeOrigin } | undefined {
  if (!isFields(value)) return undefined
  const { remote, commit, branch } = value
  if (remote !== undefined && !isGitRemote(remote)) return undefined
  if (commit !== undefined && !isGitCommit(commit)) return undefined
  if (branch !== undefined && !isGitBranch(branch)) return undefined
  if (remote === undefined && commit === undefined && branch === undefined) return {}
  return {
    git: {
      ...(remote === undefined ? {} : { remote }),
      ...(commit === undefined ? {} : { commit }),
      ...(branch === undefined ? {} : { branch }),
    },
  }
}
