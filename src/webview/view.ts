import type { CloneKnowledge } from './code/cloneKnowledge.ts'
import type { MessageId } from '../shared/ids.ts'
import type { PatchTrial } from '../shared/patch/patchTrial.ts'
import type { WebviewToHost } from '../shared/webviewProtocol.ts'
import type { FileKnowledge } from './files/fileKnowledge.ts'
import type { Uploads } from './files/uploads.ts'
import type { Highlighter } from './code/highlighter.ts'
import type { Translate } from './text/strings.ts'
import type { Sizes } from './text/sizes.ts'
import type { Times } from './text/times.ts'

/** What every part of the view can use. */
export interface View {
  readonly t: Translate
  readonly times: Times
  readonly sizes: Sizes
  readonly highlighter: Highlighter
  readonly clones: CloneKnowledge
  /** What is known of patches on this machine. */
  readonly trials: ReadonlyMap<MessageId, PatchTrial>
  /** How far files are, and the pictures among them. */
  readonly files: FileKnowledge
  /** Takes files that have no path here. */
  readonly uploads: Uploads
  readonly post: (message: WebviewToHost) => void
  /** Lets screen readers say a sentence, politely. */
  readonly say: (sentence: string) => void
  readonly now: () => number
}
