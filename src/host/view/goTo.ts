import type { OpenConversation } from '../conversations/openConversation.ts'
import type { ConversationPanels } from './conversationPanels.ts'
import type { ConversationView } from './conversationView.ts'
import type { RevealedPlace } from './wantedPlace.ts'

/** Shows a message: in the tab of its conversation where it has one, in the side bar otherwise. */
export type GoTo = (place: RevealedPlace) => Promise<void>

export function createGoTo(init: {
  readonly shown: OpenConversation
  readonly view: ConversationView
  readonly panels: ConversationPanels
}): GoTo {
  const { shown, view, panels } = init
  return async (place) => {
    if (panels.reveal(place)) return
    shown.set(place.conversation)
    await view.reveal(place)
  }
}
