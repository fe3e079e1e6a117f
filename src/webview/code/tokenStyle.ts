import { nothing } from 'lit'
import { Directive, PartType, directive } from 'lit/directive.js'
import type { ElementPart, PartInfo } from 'lit/directive.js'
import type { CodeToken } from '../../shared/webviewProtocol.ts'

/** Styles a token through the object model, which the content security policy permits; attributes it does not. */
class TokenStyle extends Directive {
  #last: CodeToken | undefined

  constructor(part: PartInfo) {
    super(part)
    if (part.type !== PartType.ELEMENT) throw new Error('tokenStyle stands on an element')
  }

  override update(part: ElementPart, [token]: [CodeToken]): typeof nothing {
    if (token !== this.#last) {
      this.#last = token
      const { style } = part.element as HTMLElement
      style.color = token.color !== undefined && /^#(?:[0-9a-f]{6}|[0-9a-f]{8})$/i.test(token.color) ? token.color : ''
      style.fontStyle = token.italic === true ? 'italic' : ''
      style.fontWeight = token.bold === true ? 'bold' : ''
      style.textDecoration = token.underline === true ? 'underline' : ''
    }
    return nothing
  }

  render(_token: CodeToken): typeof nothing {
    return nothing
  }
}

/** Puts a token's colour and style on its element. */
export const tokenStyle = directive(TokenStyle)
