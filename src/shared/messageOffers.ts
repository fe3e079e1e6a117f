/** What can be done with a message, in the order in which it is offered. Each has a command of the editor of its name. */
export const allOffers = [
  'reply',
  'thread',
  'react',
  'edit',
  'history',
  'copy',
  'link',
  'forward',
  'select',
  'pin',
  'unpin',
  'unread',
  'hide',
  'erase',
] as const
export type MessageOffer = (typeof allOffers)[number]

/** What a key can stand for on a message: something that can be done with it, or the choice of all that can. */
export const messageDeeds = [...allOffers, 'more'] as const
export type MessageDeed = (typeof messageDeeds)[number]
