import type { TemplateResult } from 'lit'
import { iconButton } from '../iconButton.ts'
import type { View } from '../view.ts'

/** Searches the conversation on screen. */
export const searchButton = ({ t, post }: View): TemplateResult =>
  iconButton({
    icon: 'search',
    label: t('searchHere'),
    onClick: () => {
      post({ type: 'search' })
    },
  })
