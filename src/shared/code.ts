/** What a conversation carries of code: pieces of files, changes to files, and what became of those changes. */
import type { ConversationId, MessageId } from './ids.ts'
import type { Placed } from './messages.ts'
import type { PatchTrial } from './patch/patchTrial.ts'

/** The most UTF-8 bytes of a patch. */
export const maxPatchBytes = 28 * 1024
/** The most UTF-8 bytes of a patch's title. */
export const maxPatchTitleBytes = 200
/** The most UTF-8 bytes of what stands before a snippet, and as many of what stands behind it. */
export const maxContextBytes = 2048
/** The most hunks that a patch's outcome counts: more lines than a patch has. */
export const maxHunks = maxPatchBytes

/** The repository that code is from, as it was checked out when the code was sent. */
export interface CodeOrigin {
  /** The address of its main remote, without credentials. */
  readonly remote?: string
  /** 7 to 64 hex digits. */
  readonly commit?: string
  /** A short name such as `main`. */
  readonly branch?: string
}

/** A piece of code with where it is from. */
export interface SnippetBody extends Placed {
  readonly kind: 'snippet'
  /** A VS Code language id such as `typescript`; `plaintext` when unknown. */
  readonly language: string
  readonly text: string
  /** Relative to the workspace, with forward slashes; never absolute, never with `..`. */
  readonly path?: string
  /** 1-based, inclusive. */
  readonly lines?: { readonly first: number; readonly last: number }
  readonly git?: CodeOrigin
  /** The SHA-256 of the text in UTF-8, in hex. A snippet whose text has another one is refused, also when it arrives. */
  readonly hash?: string
  /** The lines around it, as far as the sender wanted; at least one of the two is not empty. */
  readonly context?: { readonly before: string; readonly after: string }
}

/** Changes to files, to be looked at and applied. */
export interface PatchBody extends Placed {
  readonly kind: 'patch'
  /** A unified diff as `git diff` or `git format-patch` writes it. It may hold anything: `parsePatch` says what. */
  readonly text: string
  /** One line: the first of a commit's message, or what the user named it. */
  readonly title?: string
  readonly git?: CodeOrigin
}

/** What somebody did with a patch of the same conversation. */
export interface PatchResultBody {
  readonly kind: 'patch-result'
  readonly patch: MessageId
  readonly outcome: PatchOutcome
  /** How many hunks were applied of how many. */
  readonly hunks?: { readonly applied: number; readonly of: number }
}

/** Requests about code: their parameters and their results. */
export interface CodeRequests {
  /** Tells everybody in a conversation what one did with a patch there. Of several, the latest counts. */
  'patch/result': {
    params: {
      conversation: ConversationId
      patch: MessageId
      outcome: PatchOutcome
      hunks?: { applied: number; of: number }
    }
    result: null
  }
  /** What became of each part of a patch on this device, as it was kept last; `null` where nothing was, or not any more. */
  'trial/get': { params: { conversation: ConversationId; patch: MessageId }; result: { trial: PatchTrial | null } }
  /** Keeps that for this device's user. It is told to nobody. */
  'trial/set': { params: { conversation: ConversationId; patch: MessageId; trial: PatchTrial }; result: null }
}

export type PatchOutcome = 'applied' | 'partly-applied' | 'declined'
