import type { MessageBody } from '../../shared/service.ts'
import type { Content } from './parseSearch.ts'

const link = /https?:\/\/[^\s<>]/i
const code = /```|~~~|`[^`\n]+`/

/** What of a body can be searched for: its text, and what it holds beside words; `undefined` for what nobody said. */
export function searchable(body: MessageBody): { readonly text: string; readonly has: readonly Content[] } | undefined {
  switch (body.kind) {
    case 'text':
      return { text: body.text, has: [...when(code.test(body.text), 'code'), ...when(link.test(body.text), 'link')] }
    case 'snippet': {
      const { text, path } = body
      const has: Content[] = ['code', ...when(path !== undefined, 'file'), ...when(link.test(text), 'link')]
      return { text: path === undefined ? text : `${text}\n${path}`, has }
    }
    case 'patch': {
      const { text, title } = body
      return { text: title === undefined ? text : `${text}\n${title}`, has: ['code', ...when(link.test(text), 'link')] }
    }
    case 'file':
      return { text: body.name, has: ['file'] }
    case 'notice':
    case 'room':
    case 'unreadable':
      return undefined
  }
}

const when = (condition: boolean, content: Content): Content[] => (condition ? [content] : [])
