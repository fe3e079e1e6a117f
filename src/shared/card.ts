/**
 * A page with few things on it, to be looked at and acted on: a safety number, an invite. The host says what stands on
 * it, in the user's words; the page draws it and answers with the name of what was pressed.
 */

/** The most characters of an action's name. */
const maxActionLength = 64

/** What can be pressed. `primary`: what most people want. */
export interface CardAction {
  readonly id: string
  readonly label: string
  /** A product icon's name. */
  readonly icon: string
  readonly primary?: true
  /** It cannot be pressed now. */
  readonly disabled?: true
}

/** One thing on the page, from top to bottom. */
export type CardPart =
  | { readonly kind: 'text'; readonly text: string }
  /** How it stands. A screen reader says it when it changes. */
  | { readonly kind: 'status'; readonly tone: 'plain' | 'good' | 'bad'; readonly icon: string; readonly text: string }
  /** Groups of digits, as people read them to each other. */
  | { readonly kind: 'digits'; readonly label: string; readonly groups: readonly string[] }
  /** A square of modules, each row a text of `1` (dark) and `0` (light). */
  | { readonly kind: 'qr'; readonly label: string; readonly rows: readonly string[] }
  | {
      readonly kind: 'emoji'
      readonly label: string
      readonly emoji: readonly { readonly sign: string; readonly name: string }[]
    }
  /** A text to be copied, as it is. */
  | { readonly kind: 'quote'; readonly label: string; readonly text: string }
  | { readonly kind: 'actions'; readonly actions: readonly CardAction[] }

export interface CardSection {
  readonly heading?: string
  readonly parts: readonly CardPart[]
}

export interface Card {
  readonly title: string
  /** The title's tooltip, where there is more to say. */
  readonly hint?: string
  readonly sections: readonly CardSection[]
}

export type HostToCard = { readonly type: 'card'; readonly card: Card }
export type CardToHost = { readonly type: 'ready' } | { readonly type: 'act'; readonly action: string }

/** The message in an untrusted value of a page; `undefined` if it is none. */
export function parseCardMessage(value: unknown): CardToHost | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'type')) return undefined
  const { type, action } = value as Readonly<Record<string, unknown>>
  if (type === 'ready') return { type }
  if (type !== 'act' || !Object.hasOwn(value, 'action')) return undefined
  return typeof action === 'string' && action !== '' && action.length <= maxActionLength ? { type, action } : undefined
}
