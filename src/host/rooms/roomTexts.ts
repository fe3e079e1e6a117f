import * as vscode from 'vscode'
import { maxTitleBytes, maxTopicBytes } from '../../shared/rooms.ts'
import { utf8Length } from '../../shared/utf8Length.ts'
import type { TextQuestion } from '../input/stepInputs.ts'

/** Asks for a room's title. */
export const titleQuestion = (value: string): TextQuestion => ({
  prompt: vscode.l10n.t('What should the room be called? Its members see the title, nobody else does.'),
  placeHolder: vscode.l10n.t('Release 2.0'),
  value,
  complaint: (title) => {
    if (title === '') return vscode.l10n.t('Enter a title.')
    return complainOfText(title, maxTitleBytes, vscode.l10n.t('This title is too long.'))
  },
})

/** Asks for a room's topic, which may be empty. */
export const topicQuestion = (value: string): TextQuestion => ({
  prompt: vscode.l10n.t('What is the room about? Leave it empty if the title says enough.'),
  value,
  complaint: (topic) => complainOfText(topic, maxTopicBytes, vscode.l10n.t('This topic is too long.')),
})

/** The choices of who may invite. */
export const whoInvitesChoices = () =>
  [
    {
      label: vscode.l10n.t('Admins'),
      detail: vscode.l10n.t('Only you and the admins you name can bring people in.'),
      value: 'admins',
    },
    {
      label: vscode.l10n.t('Everybody'),
      detail: vscode.l10n.t('Every member who can write can bring people in.'),
      value: 'everybody',
    },
  ] as const

function complainOfText(text: string, maxBytes: number, tooLong: string): string | undefined {
  if (/\p{Cc}/u.test(text)) return vscode.l10n.t('This holds characters that cannot be shown.')
  return utf8Length(text) > maxBytes ? tooLong : undefined
}
