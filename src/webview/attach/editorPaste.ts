import { maxLanguageLength } from '../../shared/parseWebviewMessage.ts'
import { maxTextBytes } from '../../shared/service.ts'
import { utf8Length } from '../../shared/utf8Length.ts'

/** A text that was copied in an editor, and the language that it had there. */
export interface EditorPaste {
  readonly text: string
  readonly language: string
}

/**
 * What is pasted, where it is code to be attached: copied in an editor, whole lines or several, and not too long. Part of
 * a line goes into the sentence that is being written, as anything else that is pasted does.
 */
export function editorPaste(data: Pick<DataTransfer, 'getData'>): EditorPaste | undefined {
  const about = parseObject(data.getData('vscode-editor-data'))
  const text = data
    .getData('text/plain')
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
  const language = about?.['mode']
  if (typeof language !== 'string' || language === '' || language.length > maxLanguageLength) return undefined
  const isWholeLine = about?.['isFromEmptySelection'] === true || text.trim().includes('\n')
  if (!isWholeLine || text.trim() === '' || utf8Length(text) > maxTextBytes) return undefined
  return { text, language }
}

function parseObject(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
