import type { ChatSnapshot } from '../life/chatModel.ts'

/** What is known of the editor around Tincan. */
export interface Surroundings {
  readonly tincan: string
  readonly editor: string
  readonly node: string
  readonly platform: string
  /** Whether the extension runs on another machine than the window. */
  readonly remote: string | undefined
  /** Whether this window is the one that runs the chat. */
  readonly leads: boolean
}

/**
 * What helps to find out why something does not work, in English and fit for a public report: versions, states and
 * counts. No name, key, address, text, link or path is in it.
 */
export function diagnosticsText(snapshot: ChatSnapshot, surroundings: Surroundings): string {
  const { conversations, network, identity, store } = snapshot
  const rooms = conversations.filter(({ kind }) => kind === 'room')
  const lines: readonly (readonly [string, string | number | boolean])[] = [
    ['Tincan', surroundings.tincan],
    ['Editor', surroundings.editor],
    ['Runtime', `Node ${surroundings.node}, ${surroundings.platform}`],
    ['Remote', surroundings.remote ?? 'no'],
    ['Window', surroundings.leads ? 'runs the chat' : 'uses the chat of another window'],
    ['State', [snapshot.phase, snapshot.brokenBy, snapshot.obstacle].filter((part) => part !== undefined).join(', ')],
    ['Identity', identity?.kind === 'locked' ? `locked, ${identity.reason}` : (identity?.kind ?? 'unknown')],
    ['Store', store?.trouble ?? (store?.repair === undefined ? 'well' : `repaired, ${store.repair.cause}`)],
    ['Conversations', `${conversations.length - rooms.length} direct, ${rooms.length} rooms`],
    [
      'Room members',
      listed(
        rooms.map(({ room }) => String(room?.memberCount ?? 0)),
        'none',
      ),
    ],
    ['Messages on their way', conversations.reduce((sum, { missing }) => sum + missing, 0)],
    ['Unread', conversations.reduce((sum, { unread }) => sum + unread, 0)],
    [
      'Waiting',
      `${snapshot.invites.length} invites, ${snapshot.joins.length} joins, ${snapshot.offers.length} offers, ${snapshot.requests.length} requests`,
    ],
    ['Network', network === undefined ? 'unknown' : networkWords(network)],
    ['Links', listed(network?.links.map(({ route, rttMs }) => `${route} ${Math.round(rttMs)} ms`) ?? [], 'none')],
    [
      'Not linked',
      countsOf(network?.peers.filter(({ linked }) => !linked).map(({ reason }) => reason ?? 'unknown') ?? []),
    ],
    [
      'Relay',
      `${network?.relay?.uses === undefined ? 'none chosen' : 'chosen'}, ${network?.relay?.offers === undefined ? 'none offered' : 'offered'}`,
    ],
  ]
  return `${lines.map(([name, value]) => `${name}: ${String(value)}`).join('\n')}\n`
}

function networkWords({ online, bootstrapped, reason }: NonNullable<ChatSnapshot['network']>): string {
  return [online ? 'online' : 'offline', bootstrapped ? 'bootstrapped' : 'not bootstrapped', reason]
    .filter((part) => part !== undefined)
    .join(', ')
}

/** Each word once, with how often it is there. */
function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return listed(
    [...counts].map(([word, count]) => `${count} ${word}`),
    'nobody',
  )
}

const listed = (words: readonly string[], none: string): string => (words.length === 0 ? none : words.join(', '))
