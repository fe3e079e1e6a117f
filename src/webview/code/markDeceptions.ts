import type { TemplateResult } from 'lit'
import { findDeceptions } from '../../shared/trojanSource.ts'
import type { View } from '../view.ts'
import { renderMarked } from './renderMarked.ts'

/** A text that stands by itself (a name, a line of code) with what is deceptive in it shown for what it is. */
export function markDeceptions(view: View, text: string): string | readonly (string | TemplateResult)[] {
  return renderMarked(view, text, 0, findDeceptions(text))
}
