import { findPlaces } from '../../shared/codePlace.ts'
import { findMessageLinks } from '../../shared/messageLink.ts'
import type { Inline } from './model.ts'

/**
 * The inlines with the places in files that they name (`src/kettle.ts:12`), and the links to messages, as parts of their
 * own; links stay as they are.
 */
export function withPlaces(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.flatMap((inline): readonly Inline[] => {
    switch (inline.kind) {
      case 'text':
        return splitLinks(inline.text)
      case 'code': {
        const [found] = findPlaces(inline.text)
        const isWhole = found?.from === 0 && found.to === inline.text.length
        return isWhole ? [{ kind: 'place', place: placeOf(found), text: inline.text, isCode: true }] : [inline]
      }
      case 'strong':
      case 'emphasis':
      case 'deleted':
        return [{ ...inline, inlines: withPlaces(inline.inlines) }]
      case 'break':
      case 'link':
      case 'image':
      case 'place':
      case 'message':
        return [inline]
    }
  })
}

function splitLinks(text: string): readonly Inline[] {
  const parts: Inline[] = []
  let at = 0
  for (const { conversation, message, from, to } of findMessageLinks(text)) {
    if (from > at) parts.push(...splitText(text.slice(at, from)))
    parts.push({ kind: 'message', address: { conversation, message } })
    at = to
  }
  return at < text.length ? [...parts, ...splitText(text.slice(at))] : parts
}

function splitText(text: string): readonly Inline[] {
  const found = findPlaces(text)
  if (found.length === 0) return [{ kind: 'text', text }]
  const parts: Inline[] = []
  let at = 0
  for (const place of found) {
    if (place.from > at) parts.push({ kind: 'text', text: text.slice(at, place.from) })
    parts.push({ kind: 'place', place: placeOf(place), text: text.slice(place.from, place.to), isCode: false })
    at = place.to
  }
  return at < text.length ? [...parts, { kind: 'text', text: text.slice(at) }] : parts
}

const placeOf = ({ from: _from, to: _to, ...place }: ReturnType<typeof findPlaces>[number]) => place
