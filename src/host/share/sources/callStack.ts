import * as vscode from 'vscode'
import type { Draft } from '../draft.ts'
import { refused } from '../draft.ts'
import { draftOfPlainText } from './plainText.ts'

const maxFrames = 100

/** The call stack at which the debugger stands. */
export async function draftOfCallStack(): Promise<Draft> {
  const nothing = vscode.l10n.t('Pause a program in the debugger first.')
  const item = vscode.debug.activeStackItem
  if (item === undefined) return refused(nothing)
  const request = { threadId: item.threadId, startFrame: 0, levels: maxFrames }
  const answer: unknown = await item.session.customRequest('stackTrace', request).then(undefined, () => undefined)
  return draftOfPlainText(framesOf(answer).join('\n'), vscode.l10n.t('a call stack'), nothing)
}

/** The lines of a debugger's answer, which may be anything. */
function framesOf(answer: unknown): string[] {
  const frames = field(answer, 'stackFrames')
  if (!Array.isArray(frames)) return []
  return frames.slice(0, maxFrames).flatMap((frame: unknown) => {
    const name = field(frame, 'name')
    const path = field(field(frame, 'source'), 'path') ?? field(field(frame, 'source'), 'name')
    const place =
      typeof path === 'string' ? ` (${path}:${String(field(frame, 'line'))}:${String(field(frame, 'column'))})` : ''
    return typeof name === 'string' ? [`    at ${name}${place}`] : []
  })
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
