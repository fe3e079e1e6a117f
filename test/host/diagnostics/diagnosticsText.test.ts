import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnosticsText } from '../../../src/host/diagnostics/diagnosticsText.ts'
import type { ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { conversation, conversationId } from '../sampleChat.ts'

const surroundings = {
  ...{
    tincan: '0.1.0',
    editor: 'Code 1.105.0',
    node: '22.20.0',
    platform: 'linux x64',
    remote: undefined,
    leads: true,
  },
}
const person = 'ab'.repeat(32) as never
const nothing = { conversations: [], invites: [], joins: [], offers: [], requests: [] }

test('says versions, states and counts, and nothing that names anybody', () => {
  const snapshot: ChatSnapshot = {
    ...nothing,
    phase: 'running',
    identity: { kind: 'ready', phrasePending: false, identity: { person, device: person, name: 'Planted Name' } },
    conversations: [conversation({ title: 'Planted Title', unread: 3, missing: 2 })],
    network: {
      online: true,
      bootstrapped: true,
      relay: { uses: 'fedc9876', offers: { key: '12'.repeat(32), callers: 0, bytesPassed: 0 } },
      links: [{ person, device: person, route: 'direct', rttMs: 12.6, since: 0, bytesIn: 1, bytesOut: 1 }],
      peers: [
        { person, name: 'Planted Peer', linked: true },
        { person, name: 'Planted Peer', linked: false, reason: 'no-path' },
      ],
    },
  }
  const text = diagnosticsText(snapshot, surroundings)
  for (const line of [
    'Tincan: 0.1.0',
    'Conversations: 1 direct, 0 rooms',
    'Unread: 3',
    'Messages on their way: 2',
    'Links: direct 13 ms',
    'Not linked: 1 no-path',
    'Network: online, bootstrapped',
    'Relay: chosen, offered',
  ])
    assert.ok(text.split('\n').includes(line), `${line} in ${text}`)
  for (const secret of ['Planted', 'abab', 'fedc', '1212', conversationId.slice(0, 8)])
    assert.ok(!text.includes(secret), secret)
})

test('says what hinders a chat that does not run', () => {
  const text = diagnosticsText(
    { ...nothing, phase: 'broken', brokenBy: 'store-newer' },
    { ...surroundings, leads: false },
  )
  assert.match(text, /State: broken, store-newer/)
  assert.match(text, /Network: unknown/)
  assert.match(text, /Not linked: nobody/)
})
