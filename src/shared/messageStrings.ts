/** The sentences of the view about what is said of messages, in English. */
export const messageStrings = {
  reply: 'Reply',
  react: 'React…',
  moreActions: 'More Actions…',
  edited: 'edited',
  editedHint: 'Edited at {0}. Show all wordings',
  forwarded: 'Forwarded',
  goToAnswered: 'Go to the message that this answers',
  nothingToRead: 'Message',
  reactionBy: '{0} by {1}',
  replyingTo: 'Replying to {0}',
  editingMessage: 'Editing a message',
  cancelComposing: 'Cancel (Escape)',
} as const
