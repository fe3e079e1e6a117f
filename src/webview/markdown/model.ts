import type { CodePlace } from '../../shared/codePlace.ts'
import type { MessageAddress } from '../../shared/messageLink.ts'

/** What Markdown means here: a small tree without HTML, attributes or images. */
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly start: number
      readonly items: readonly (readonly Block[])[]
    }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'rule' }

export type Cell = readonly Inline[]

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'deleted'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'break' }
  /** A place in a file that the text names; `text` is how it stands there. */
  | { readonly kind: 'place'; readonly place: CodePlace; readonly text: string; readonly isCode: boolean }
  /** A link to a message; without `inlines` it stands there as itself. */
  | { readonly kind: 'message'; readonly address: MessageAddress; readonly inlines?: readonly Inline[] }
  /** `href` is one that `parseSafeLink` let pass. */
  | { readonly kind: 'link'; readonly href: string; readonly inlines: readonly Inline[] }
  /** Never loaded: shown as a link, or as its text where there is no `href`. */
  | { readonly kind: 'image'; readonly href: string | undefined; readonly alt: string }
