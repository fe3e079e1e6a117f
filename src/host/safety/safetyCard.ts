import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { Card, CardAction, CardPart } from '../../shared/card.ts'
import type { Comparison, ComparisonOutcome } from '../../shared/safety.ts'
import { safetyEmoji } from '../../shared/safety.ts'
import { shortKey } from '../../shared/shortKey.ts'
import type { Member } from '../../shared/service.ts'
import { qrRows } from '../card/qrRows.ts'
import { safeName } from '../text/safeName.ts'
import { emojiName } from './emojiName.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** What can be pressed on the card. */
export type SafetyAction = 'copy' | 'scan' | 'verify' | 'unverify' | 'compare' | 'same' | 'different' | 'cancel'

export interface SafetyState {
  readonly member: Member
  readonly number: string
  readonly code: string
  readonly online: boolean
  readonly comparison: Comparison | undefined
}

/** The safety number of a contact, with every way to compare it. Plain text, safe to show. */
export function safetyCard(state: SafetyState, l10n: L10n): Card {
  const { member, number, code } = state
  const name = safeName(member.name)
  const groups = number.match(/.{1,5}/g) ?? []
  return {
    title: l10n.t('Safety number with {0}', name),
    hint: l10n.t('Key {0}', shortKey(member.person)),
    sections: [
      { parts: [trust(member, name, l10n), ...comparisonParts(state, name, l10n)] },
      {
        heading: l10n.t('Compare the digits'),
        parts: [
          {
            kind: 'text',
            text: l10n.t(
              'Compare these 60 digits with {0} over a call or face to face, not in this chat. When they are the same on both sides, nobody sits between you.',
              name,
            ),
          },
          { kind: 'digits', label: l10n.t('Safety number'), groups },
          actions(
            action('copy', 'copy', l10n.t('Copy')),
            member.verified
              ? action('unverify', 'close', l10n.t('Mark as Not Verified'))
              : action('verify', 'verified', l10n.t('Mark as Verified')),
          ),
        ],
      },
      {
        heading: l10n.t('Scan the code'),
        parts: [
          {
            kind: 'text',
            text: l10n.t(
              'Let {0} scan this code with a phone or another camera and paste what it reads on their own safety screen; and do the same with theirs here.',
              name,
            ),
          },
          { kind: 'qr', label: l10n.t('QR code of the safety number with {0}', name), rows: qrRows(code) },
          actions(action('scan', 'inspect', l10n.t('Check a Scanned Code…'))),
        ],
      },
    ],
  }
}

function trust({ verified, blocked }: Member, name: string, l10n: L10n): CardPart {
  if (blocked === true) return status('plain', 'circle-slash', l10n.t('You have blocked {0}.', name))
  return verified
    ? status('good', 'verified-filled', l10n.t('You marked {0} as verified.', name))
    : status('plain', 'unverified', l10n.t('You have not verified {0} yet.', name))
}

/** The live comparison: how it stands, and what can be done next. */
function comparisonParts(state: SafetyState, name: string, l10n: L10n): readonly CardPart[] {
  const { comparison, online, member } = state
  if (member.blocked === true) return []
  const start = { ...action('compare', 'device-camera-video', l10n.t('Compare Live')), primary: true } as const
  switch (comparison?.kind) {
    case undefined:
      return [
        {
          kind: 'text',
          text: online
            ? l10n.t(
                'On a call with {0}? Both of you press Compare Live, and read to each other the seven pictures that appear.',
                name,
              )
            : l10n.t('{0} is offline. To compare live, both of you have to be online.', name),
        },
        actions(online ? start : { ...start, disabled: true }),
      ]
    case 'asked':
      return [
        status(
          'plain',
          'bell',
          l10n.t('{0} wants to compare safety numbers live. Do it while you talk to them.', name),
        ),
        actions(start, action('cancel', 'close', l10n.t('Decline'))),
      ]
    case 'started':
      return [
        status('plain', 'sync', l10n.t('Waiting for {0} to press Compare Live as well…', name)),
        actions(action('cancel', 'close', l10n.t('Cancel'))),
      ]
    case 'shown':
      return shownParts(comparison, name, l10n)
    case 'ended': {
      const { tone, icon, text } = outcomeWords(comparison.outcome, name, l10n)
      const again = online ? start : { ...start, disabled: true as const }
      return [status(tone, icon, text), ...(comparison.outcome === 'same' ? [] : [actions(again)])]
    }
    default:
      return assertNever(comparison)
  }
}

function shownParts(
  { emoji, own, theirs }: Extract<Comparison, { kind: 'shown' }>,
  name: string,
  l10n: L10n,
): readonly CardPart[] {
  const signs = emoji.map((number) => ({ sign: safetyEmoji[number] ?? '', name: emojiName(number, l10n) }))
  const sentence =
    own === undefined
      ? theirs === undefined
        ? l10n.t('Read these to each other. Does {0} see the same seven, in the same order?', name)
        : l10n.t('{0} says that they are the same. Do you see the same seven, in the same order?', name)
      : l10n.t('Waiting for {0} to say that they see the same…', name)
  const cancel = action('cancel', 'close', l10n.t('Cancel'))
  return [
    status('plain', own === undefined ? 'eye' : 'sync', sentence),
    { kind: 'emoji', label: l10n.t('Seven pictures to compare'), emoji: signs },
    own === undefined
      ? actions(
          { ...action('same', 'check', l10n.t('They Are the Same')), primary: true },
          action('different', 'error', l10n.t('They Differ')),
          cancel,
        )
      : actions(cancel),
  ]
}

function outcomeWords(
  outcome: ComparisonOutcome,
  name: string,
  l10n: L10n,
): Pick<Extract<CardPart, { kind: 'status' }>, 'tone' | 'icon' | 'text'> {
  switch (outcome) {
    case 'same':
      return { tone: 'good', icon: 'pass-filled', text: l10n.t('Both of you saw the same: nobody sits between you.') }
    case 'different':
      return {
        tone: 'bad',
        icon: 'error',
        text: l10n.t(
          'You saw different pictures. Somebody may sit between you and {0}: do not trust this conversation, and meet in another way.',
          name,
        ),
      }
    case 'broken':
      return {
        tone: 'bad',
        icon: 'error',
        text: l10n.t(
          'The other side did not keep to the rules of the comparison, as somebody between you might. Nothing was compared.',
        ),
      }
    case 'cancelled':
      return { tone: 'plain', icon: 'circle-slash', text: l10n.t('You ended the comparison.') }
    case 'cancelled-by-them':
      return { tone: 'plain', icon: 'circle-slash', text: l10n.t('{0} ended the comparison.', name) }
    case 'lost':
      return {
        tone: 'plain',
        icon: 'debug-disconnect',
        text: l10n.t('The connection ended before the comparison did.'),
      }
    case 'late':
      return { tone: 'plain', icon: 'history', text: l10n.t('Nobody went on with the comparison for five minutes.') }
    default:
      return assertNever(outcome)
  }
}

const status = (tone: 'plain' | 'good' | 'bad', icon: string, text: string): CardPart => ({
  kind: 'status',
  tone,
  icon,
  text,
})
const action = (id: SafetyAction, icon: string, label: string): CardAction => ({ id, icon, label })
const actions = (...all: readonly CardAction[]): CardPart => ({ kind: 'actions', actions: all })
