import type { Message } from '../../shared/service.ts'
import type { Translate } from '../text/strings.ts'
import { whyUnreadable } from '../text/whyUnreadable.ts'

const maxSpoken = 160

/** What a screen reader says about messages that came together: the text of one, the number of several. */
export function announce(messages: readonly Message[], nameOf: (message: Message) => string, t: Translate): string {
  const [only] = messages
  if (only === undefined) return ''
  if (messages.length === 1) return t('announceOne', nameOf(only), spoken(only, t))
  const names = [...new Set(messages.map(nameOf))].join(', ')
  return t('announceMany', messages.length, names)
}

function spoken({ body }: Message, t: Translate): string {
  switch (body.kind) {
    case 'text': {
      const text = body.text
        .replace(/```[^]*?(?:```|$)/g, ` ${t('announceCode')} `)
        .replace(/\s+/g, ' ')
        .trim()
      return text.length > maxSpoken ? `${text.slice(0, maxSpoken)}…` : text
    }
    case 'snippet':
      return t('snippet')
    case 'patch':
      return `${t('patch')}${body.title === undefined ? '' : `: ${body.title}`}`
    case 'file':
      return body.name
    case 'unreadable':
      return t(whyUnreadable[body.why])
    case 'notice':
    case 'room':
      return ''
  }
}
