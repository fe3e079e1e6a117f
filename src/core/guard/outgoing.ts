import { assertNever } from '../../shared/assertNever.ts'
import { redactSecrets, type SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'
import { findSecretFiles, redactPatch } from './patchSecrets.ts'
import type { SecretSpan } from './secretRules.ts'

/** Everything of a body that a guard has to look at. */
export interface Outgoing {
  /** One text whose offsets and lines findings are counted in: what stands around a snippet comes in its place. */
  readonly text: string
  /** The file that all of it is from. */
  readonly name?: string
  /** What is known of it before it is scanned: the files of a patch that hold secrets by custom. */
  readonly spans: readonly SecretSpan[]
}

/** What leaves the machine with a body, for the guard to look at. */
export function outgoingOf(body: SendBody): Outgoing {
  switch (body.kind) {
    case 'text':
      return { text: body.text, spans: [] }
    case 'snippet':
      return {
        text: joined(body.context === undefined ? [body.text] : [body.context.before, body.text, body.context.after]),
        ...(body.path === undefined ? {} : { name: body.path }),
        spans: [],
      }
    case 'patch':
      return {
        text: joined(body.title === undefined ? [body.text] : [body.text, body.title]),
        spans: findSecretFiles(body.text),
      }
    default:
      return assertNever(body)
  }
}

/**
 * The body with its findings (counted in the text of `outgoingOf`) made unreadable, and of the same shape: a patch stays a
 * valid patch. `undefined` where that is impossible, because there is nothing to redact but a file's name.
 */
export function redactBody<Body extends SendBody>(body: Body, findings: readonly SecretFinding[]): Body | undefined {
  const { text } = outgoingOf(body)
  const redacted = body.kind === 'patch' ? redactPatch(text, body.text.length, findings) : redactSecrets(text, findings)
  return redacted === undefined || redacted === text ? undefined : withText(body, redacted)
}

/** The body with other words in it: `text` has the length of `outgoingOf`'s, and its line breaks. */
function withText<Body extends SendBody>(body: Body, text: string): Body
function withText(body: SendBody, text: string): SendBody {
  switch (body.kind) {
    case 'text':
      return { ...body, text }
    case 'snippet': {
      // The hash goes: whoever guesses what was redacted could prove it by that.
      const { hash: _, ...rest } = body
      if (body.context === undefined) return { ...rest, text }
      const [before, own, after] = split(text, [body.context.before, body.text, body.context.after])
      return { ...rest, text: own ?? '', context: { before: before ?? '', after: after ?? '' } }
    }
    case 'patch': {
      if (body.title === undefined) return { ...body, text }
      const [patch, title] = split(text, [body.text, body.title])
      return { ...body, text: patch ?? '', title: title ?? '' }
    }
    default:
      return assertNever(body)
  }
}

const joined = (parts: readonly string[]): string => parts.join('\n')

/** A text taken apart where `joined` put the parts together. */
function split(text: string, parts: readonly string[]): string[] {
  let at = 0
  return parts.map(({ length }) => {
    const part = text.slice(at, at + length)
    at += length + 1
    return part
  })
}
