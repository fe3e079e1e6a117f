import { maxUriBytes } from '../../shared/parseWebviewMessage.ts'

/** In which forms the editor hands over what is dragged: its own list, and the one that everybody knows. */
const types = ['application/vnd.code.uri-list', 'text/uri-list'] as const
/** How files of other programs are announced. */
const foreign = 'Files'

/** Whether files are dragged here. What they are can be read only once they are dropped. */
export function holdsFiles(data: Pick<DataTransfer, 'types'> | null): boolean {
  return data !== null && [...types, foreign].some((type) => data.types.includes(type))
}

/** The addresses of the files that were dropped, each once. */
export function droppedFiles(data: Pick<DataTransfer, 'getData'>): readonly string[] {
  const list = types.map((type) => data.getData(type)).find((text) => text !== '') ?? ''
  const lines = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'))
  return [...new Set(lines)].filter((line) => line.length <= maxUriBytes)
}
