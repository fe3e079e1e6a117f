import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parseAddress } from '../../src/node/parseAddress.ts'

it('reads an IPv4 address with a port, and nothing else', () => {
  assert.deepEqual(parseAddress('192.0.2.1:49737'), { host: '192.0.2.1', port: 49737 })
  for (const text of [
    '',
    '192.0.2.1',
    '192.0.2.1:0',
    '192.0.2.1:65536',
    'host:1',
    '192.0.2.256:1',
    '1.2.3.4:5:6',
    '[::1]:1',
  ])
    assert.equal(parseAddress(text), undefined, text)
})
