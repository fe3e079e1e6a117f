import type * as vscode from 'vscode'
import { assertNever } from '../../shared/assertNever.ts'
import type { NetworkReason, NetworkStatus, PeerReason, Route } from '../../shared/service.ts'
import type { ChatSnapshot } from '../life/chatModel.ts'
import { troubleSentence } from '../view/storeWords.ts'

type L10n = Pick<typeof vscode.l10n, 't'>

/** The connection's state in few words, for the status bar, and in a sentence, for its tooltip. */
export interface StateWords {
  readonly icon: string
  readonly short: string
  readonly sentence: string
  /** Something that the user can mend. */
  readonly isTrouble: boolean
}

export function stateWords(snapshot: ChatSnapshot, isLanOnly: boolean, l10n: L10n): StateWords {
  const calm = (icon: string, short: string, sentence: string): StateWords => ({
    icon,
    short,
    sentence,
    isTrouble: false,
  })
  switch (snapshot.phase) {
    case 'starting':
    case 'ended':
      return calm('sync', l10n.t('Starting'), l10n.t('Tincan is starting.'))
    case 'elsewhere':
      return calm(
        'window',
        l10n.t('In another window'),
        l10n.t('Tincan is open in another window. Its view says why it cannot be used here as well.'),
      )
    case 'broken':
      return {
        icon: 'error',
        short: l10n.t('Not running'),
        sentence: l10n.t('Tincan cannot run here. Its view says why.'),
        isTrouble: true,
      }
    case 'running':
      break
    default:
      return assertNever(snapshot.phase)
  }
  const { identity, network } = snapshot
  if (identity?.kind === 'none')
    return calm('person-add', l10n.t('Not set up'), l10n.t('Set up Tincan to talk to somebody.'))
  if (identity?.kind === 'locked') {
    return {
      icon: 'lock',
      short: l10n.t('Locked'),
      sentence: l10n.t('Your identity is locked. Enter your recovery phrase.'),
      isTrouble: true,
    }
  }
  const trouble = snapshot.store?.trouble
  if (trouble !== undefined)
    return {
      icon: 'error',
      short: l10n.t('Nothing can be saved'),
      sentence: troubleSentence(trouble, l10n),
      isTrouble: true,
    }
  if (network === undefined || identity === undefined)
    return calm('sync', l10n.t('Starting'), l10n.t('Tincan is starting.'))
  return networkWords(network, isLanOnly, l10n)
}

function networkWords(network: NetworkStatus, isLanOnly: boolean, l10n: L10n): StateWords {
  const people = new Set(network.links.map(({ person }) => person)).size
  if (people > 0) {
    const short = people === 1 ? l10n.t('1 person connected') : l10n.t('{0} people connected', people)
    return { icon: 'broadcast', short, sentence: networkSentence(network, isLanOnly, l10n), isTrouble: false }
  }
  const { reason } = network
  const sentence = networkSentence(network, isLanOnly, l10n)
  if (reason === undefined) return { icon: 'radio-tower', short: l10n.t('Online'), sentence, isTrouble: false }
  return { icon: reasonIcon(reason), short: reasonShort(reason, l10n), sentence, isTrouble: isTroubling(reason) }
}

const isTroubling = (reason: NetworkReason): boolean =>
  reason === 'udp-blocked' || reason === 'dht-unreachable' || reason === 'clock-wrong'

const reasonIcon = (reason: NetworkReason): string =>
  reason === 'starting' ? 'sync' : isTroubling(reason) ? 'warning' : 'debug-disconnect'

function reasonShort(reason: NetworkReason, l10n: L10n): string {
  switch (reason) {
    case 'starting':
      return l10n.t('Connecting')
    case 'suspended':
      return l10n.t('Paused')
    case 'offline':
      return l10n.t('Offline')
    case 'udp-blocked':
      return l10n.t('UDP blocked')
    case 'dht-unreachable':
      return l10n.t('Nobody reachable')
    case 'clock-wrong':
      return l10n.t('Clock wrong')
    case 'no-identity':
      return l10n.t('Not set up')
    default:
      return assertNever(reason)
  }
}

/** How this machine is connected, or why it is not, and what helps. */
export function networkSentence(network: NetworkStatus, isLanOnly: boolean, l10n: L10n): string {
  switch (network.reason) {
    case undefined:
      if (isLanOnly) return l10n.t('Only your local network is used, as set in “tincan.network.lanOnly”.')
      return network.bootstrapped
        ? l10n.t('You are on the network and can be found by your contacts.')
        : l10n.t('The network is being joined.')
    case 'starting':
      return l10n.t('The network is being joined.')
    case 'suspended':
      return l10n.t('Paused while the computer sleeps or has no network.')
    case 'offline':
      return l10n.t('This computer has no network. Messages wait and go out by themselves.')
    case 'udp-blocked':
      return l10n.t('No UDP packet is ever answered: a firewall or VPN seems to block UDP, which Tincan needs.')
    case 'dht-unreachable':
      return l10n.t(
        'There is a network, but none of the first nodes answers. Check “tincan.network.bootstrap”, or try later.',
      )
    case 'clock-wrong':
      return l10n.t(
        'This computer’s clock is wrong. Addresses change every day, so nobody can be found until it is set.',
      )
    case 'no-identity':
      return l10n.t('Set up Tincan to talk to somebody.')
    default:
      return assertNever(network.reason)
  }
}

/** `relay` names the relay that was chosen. */
export function routeWords(route: Route, l10n: L10n, relay = ''): string {
  switch (route) {
    case 'lan':
      return l10n.t('over the local network')
    case 'direct':
      return l10n.t('directly over the internet')
    case 'relayed':
      return l10n.t('through the relay {0}', relay)
    case 'loopback':
      return l10n.t('on this computer')
    default:
      return assertNever(route)
  }
}

export function peerSentence(reason: PeerReason | undefined, name: string, l10n: L10n): string {
  switch (reason) {
    case undefined:
    case 'connecting':
      return l10n.t('Trying to connect.')
    case 'peer-offline':
      return l10n.t('{0} is offline, or their editor is closed.', name)
    case 'network':
      return l10n.t('The network did not answer.')
    case 'no-path':
      return l10n.t(
        'The two networks let no direct connection through. A relay helps that both of you set in “tincan.network.relay”.',
      )
    case 'clock-wrong':
      return l10n.t('One of the two clocks is wrong.')
    case 'refused':
      return l10n.t('{0} does not accept the connection.', name)
    default:
      return assertNever(reason)
  }
}
