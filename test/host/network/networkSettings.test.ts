import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseNetworkSettings } from '../../../src/host/network/networkSettings.ts'

const parse = (values: Readonly<Record<string, unknown>>) => parseNetworkSettings((key) => values[key])
const defaults = {
  bootstrap: [],
  lanOnly: false,
  shareLanAddresses: true,
  localDiscovery: false,
  relay: '',
  offersRelay: false,
  bindHost: '',
}

test('without settings the defaults hold', () => {
  assert.deepEqual(parse({}), { settings: defaults, rejected: [] })
})

test('well-formed settings are taken', () => {
  const { settings, rejected } = parse({
    bootstrap: ['127.0.0.1:49737', ' dht.example.org:1 '],
    lanOnly: true,
    shareLanAddresses: false,
    localDiscovery: true,
    relay: ` ${'aB'.repeat(32)} `,
    offerRelay: true,
    bindHost: '127.0.0.1',
  })
  assert.deepEqual(rejected, [])
  assert.deepEqual(settings, {
    bootstrap: [
      { host: '127.0.0.1', port: 49737 },
      { host: 'dht.example.org', port: 1 },
    ],
    lanOnly: true,
    shareLanAddresses: false,
    localDiscovery: true,
    relay: 'ab'.repeat(32),
    offersRelay: true,
    bindHost: '127.0.0.1',
  })
})

test('a malformed setting is ignored and named, and the others hold', () => {
  for (const bootstrap of [['host'], ['host:0'], ['host:65536'], ['a b:1'], [1], 'host:1', ['ok:1', 'bad']]) {
    const { settings, rejected } = parse({ bootstrap, lanOnly: true })
    assert.deepEqual(rejected, ['bootstrap'])
    assert.deepEqual(settings, { ...defaults, lanOnly: true })
  }
  for (const relay of ['ab', 'g'.repeat(64), 'ab'.repeat(33), 7]) assert.deepEqual(parse({ relay }).rejected, ['relay'])
  assert.deepEqual(parse({ lanOnly: 'yes', bindHost: 'a b' }).rejected, ['lanOnly', 'bindHost'])
})

test('any values give settings of the right types', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.anything(), (bootstrap, lanOnly, bindHost) => {
      const { settings } = parse({ bootstrap, lanOnly, bindHost })
      assert.equal(typeof settings.lanOnly, 'boolean')
      assert.equal(typeof settings.bindHost, 'string')
      for (const { host, port } of settings.bootstrap) assert.ok(host !== '' && port > 0 && port < 65_536)
    }),
  )
})
