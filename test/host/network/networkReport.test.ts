import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byteWords, networkReport } from '../../../src/host/network/networkReport.ts'
import { networkSentence, peerSentence, stateWords } from '../../../src/host/network/networkWords.ts'
import type { ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import type { DeviceId, PersonId } from '../../../src/shared/ids.ts'
import type { NetworkReason, NetworkStatus, PeerReason } from '../../../src/shared/service.ts'
import { plainEnglish } from '../plainEnglish.ts'

const bob = 'b'.repeat(64) as PersonId
const eve = 'e'.repeat(64) as PersonId
const now = 1_900_000_000_000
const init = { isLanOnly: false, l10n: plainEnglish, now, formatTime: (at: number) => `<${String(at - now)}>` }
const quiet: NetworkStatus = { online: true, bootstrapped: true, links: [], peers: [] }
const reasons: readonly NetworkReason[] = [
  'starting', 'suspended', 'offline', 'udp-blocked', 'dht-unreachable', 'clock-wrong', 'no-identity',
] // prettier-ignore
const peerReasons: readonly PeerReason[] = [
  'peer-offline',
  'connecting',
  'network',
  'no-path',
  'clock-wrong',
  'refused',
]

test('the report says who is connected and how, and why others are not', () => {
  const rows = networkReport(
    {
      ...quiet,
      links: [
        {
          person: bob,
          device: 'd'.repeat(64) as DeviceId,
          route: 'direct',
          rttMs: 12.4,
          since: now - 60,
          bytesIn: 1_200_000,
          bytesOut: 999,
        },
      ],
      peers: [
        { person: bob, name: 'Bob', linked: true },
        {
          person: eve,
          name: 'Eve',
          linked: false,
          reason: 'peer-offline',
          lastSeenAt: now - 5,
          nextAttemptAt: now + 12_000,
        },
      ],
    },
    init,
  )
  const texts = rows.map(({ label, description, detail }) =>
    [label, description, detail].join(' | ').replace(/[\u2068\u2069]/g, ''),
  )
  assert.deepEqual(texts, [
    'This computer | online | You are on the network and can be found by your contacts.',
    'Bob | connected directly over the internet · 12 ms | since <-60> · 1.2 MB received, 999 B sent',
    'Eve | not connected | Eve is offline, or their editor is closed. Last seen <-5>. Next attempt in 12 s.',
  ])
})

test('the report names the relay that a link goes through, and what passes through a relay of one’s own', () => {
  const link = { person: bob, device: 'd'.repeat(64) as DeviceId, rttMs: 0, since: now, bytesIn: 1, bytesOut: 2 }
  const offers = { key: 'f'.repeat(64), callers: 2, bytesPassed: 12_345 }
  const rows = networkReport(
    {
      ...quiet,
      relay: { uses: '0a1b2c3d', offers },
      links: [{ ...link, route: 'relayed' }],
      peers: [{ person: bob, name: 'Bob', linked: true }],
    },
    init,
  )
  const texts = rows.map(({ label, description }) => `${label} | ${description}`.replace(/[\u2068\u2069]/g, ''))
  assert.deepEqual(texts.slice(1), [
    'Bob | connected through the relay 0a1b2c3d',
    'Relay 0a1b2c3d | chosen by you',
    'You relay for others | 2 on the line · 12.3 KB passed on',
  ])
  assert.ok(!JSON.stringify(rows).includes(offers.key), 'the key is on no screen')
})

test('every reason has a sentence of its own', () => {
  const own = reasons.map((reason) => networkSentence({ ...quiet, reason }, false, plainEnglish))
  assert.equal(new Set(own).size, reasons.length)
  const theirs = peerReasons.map((reason) => peerSentence(reason, 'Eve', plainEnglish))
  assert.equal(new Set(theirs).size, peerReasons.length)
})

test('bytes are said in the unit that keeps the number short', () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, '0 B'], [999, '999 B'], [1000, '1.0 KB'], [123_456, '123 KB'], [5_400_000_000, '5.4 GB'],
  ] // prettier-ignore
  for (const [bytes, words] of cases) assert.equal(byteWords(bytes), words)
})

const lists = { conversations: [], invites: [], joins: [], offers: [], requests: [] }
const ready: ChatSnapshot = {
  phase: 'running',
  identity: {
    kind: 'ready',
    identity: { person: bob, device: 'd'.repeat(64) as DeviceId, name: 'Bob' },
    phrasePending: false,
  },
  network: quiet,
  ...lists,
}

test('the status bar says the state in words', () => {
  const link = {
    person: eve,
    device: 'd'.repeat(64) as DeviceId,
    route: 'lan',
    rttMs: 1,
    since: now,
    bytesIn: 0,
    bytesOut: 0,
  } as const
  const cases: readonly (readonly [ChatSnapshot, string])[] = [
    [{ phase: 'starting', ...lists }, 'Starting'],
    [{ phase: 'elsewhere', ...lists }, 'In another window'],
    [{ phase: 'broken', brokenBy: 'unsupported-platform', ...lists }, 'Not running'],
    [{ phase: 'running', ...lists }, 'Starting'],
    [{ phase: 'running', identity: { kind: 'none' }, ...lists }, 'Not set up'],
    [{ phase: 'running', identity: { kind: 'locked', reason: 'secret-missing' }, ...lists }, 'Locked'],
    [ready, 'Online'],
    [{ ...ready, network: { ...quiet, links: [link] } }, '1 person connected'],
    [{ ...ready, network: { ...quiet, links: [link, { ...link, person: bob }, link] } }, '2 people connected'],
    [{ ...ready, network: { ...quiet, reason: 'udp-blocked' } }, 'UDP blocked'],
    [{ ...ready, network: { ...quiet, reason: 'offline' } }, 'Offline'],
  ]
  for (const [snapshot, short] of cases) assert.equal(stateWords(snapshot, false, plainEnglish).short, short)
})

test('only what the user can mend is shown as trouble', () => {
  const troubling = reasons.filter(
    (reason) => stateWords({ ...ready, network: { ...quiet, reason } }, false, plainEnglish).isTrouble,
  )
  assert.deepEqual(troubling, ['udp-blocked', 'dht-unreachable', 'clock-wrong'])
})
