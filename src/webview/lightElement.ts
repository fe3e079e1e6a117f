import { LitElement } from 'lit'

/** A component without a shadow root: the page's one stylesheet and the icon font reach it. */
export abstract class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this
  }
}
