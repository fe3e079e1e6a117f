import type * as vscode from 'vscode'
import type { LinkStatus, NetworkStatus, PeerStatus, RelayStatus } from '../../shared/service.ts'
import { safeName } from '../text/safeName.ts'
import { networkSentence, peerSentence, routeWords } from './networkWords.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** One line of the network view. */
export interface ReportRow {
  /** Stays the same while its subject does. */
  readonly key: string
  readonly icon: string
  readonly label: string
  readonly description: string
  readonly detail: string
}

export interface ReportInit {
  readonly isLanOnly: boolean
  readonly l10n: L10n
  /** Milliseconds since 1970. */
  readonly now: number
  readonly formatTime: (at: number) => string
}

/** Who is connected, by which route, since when; and why not, when not. This machine first. */
export function networkReport(network: NetworkStatus, init: ReportInit): readonly ReportRow[] {
  const { l10n } = init
  const own: ReportRow = {
    key: 'own',
    icon: network.reason === undefined ? 'check' : network.reason === 'starting' ? 'sync' : 'warning',
    label: l10n.t('This computer'),
    description: network.online ? l10n.t('online') : l10n.t('offline'),
    detail: networkSentence(network, init.isLanOnly, l10n),
  }
  const linked = network.links.map((link) => linkRow(link, network, init))
  const missing = network.peers.filter(({ linked: isLinked }) => !isLinked).map((peer) => peerRow(peer, init))
  return [own, ...linked, ...missing, ...relayRows(network.relay, l10n)]
}

/** The row of a relay offered here; whoever chooses it wants the key. */
export const offeredRelayRow = 'relay offered'

function relayRows(relay: RelayStatus | undefined, l10n: L10n): readonly ReportRow[] {
  const rows: ReportRow[] = []
  if (relay?.uses !== undefined)
    rows.push({
      key: 'relay used',
      icon: 'arrow-swap',
      label: l10n.t('Relay {0}', relay.uses),
      description: l10n.t('chosen by you'),
      detail: l10n.t('Used where no direct path leads to somebody who has chosen it as well. It sees ciphertext only.'),
    })
  if (relay?.offers !== undefined) {
    const { callers, bytesPassed } = relay.offers
    rows.push({
      key: offeredRelayRow,
      icon: 'arrow-swap',
      label: l10n.t('You relay for others'),
      description: l10n.t('{0} on the line · {1} passed on', callers, byteWords(bytesPassed)),
      detail: l10n.t('For whoever has the key of this relay. Choose this line to copy the key.'),
    })
  }
  return rows
}

function linkRow(link: LinkStatus, network: NetworkStatus, init: ReportInit): ReportRow {
  const { l10n } = init
  const name = network.peers.find(({ person }) => person === link.person)?.name ?? ''
  const roundTrip = link.rttMs > 0 ? l10n.t('{0} ms', Math.max(1, Math.round(link.rttMs))) : ''
  return {
    key: `link ${link.device}`,
    icon: 'circle-filled',
    label: safeName(name),
    description: [l10n.t('connected {0}', routeWords(link.route, l10n, network.relay?.uses)), roundTrip]
      .filter((part) => part !== '')
      .join(' · '),
    detail: l10n.t(
      'since {0} · {1} received, {2} sent',
      init.formatTime(link.since),
      byteWords(link.bytesIn),
      byteWords(link.bytesOut),
    ),
  }
}

function peerRow(peer: PeerStatus, { l10n, now, formatTime }: ReportInit): ReportRow {
  const name = safeName(peer.name)
  const parts = [peerSentence(peer.reason, name, l10n)]
  if (peer.lastSeenAt !== undefined) parts.push(l10n.t('Last seen {0}.', formatTime(peer.lastSeenAt)))
  if (peer.nextAttemptAt !== undefined) {
    const seconds = Math.max(0, Math.round((peer.nextAttemptAt - now) / 1000))
    parts.push(
      seconds === 0 ? l10n.t('Trying again now.') : l10n.t('Next attempt in {0}.', durationWords(seconds, l10n)),
    )
  }
  return {
    key: `peer ${peer.person}`,
    icon: 'circle-outline',
    label: name,
    description: l10n.t('not connected'),
    detail: parts.join(' '),
  }
}

function durationWords(seconds: number, l10n: L10n): string {
  return seconds < 90 ? l10n.t('{0} s', seconds) : l10n.t('{0} min', Math.round(seconds / 60))
}

/** Bytes in the unit that keeps the number short. */
export function byteWords(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`
}
