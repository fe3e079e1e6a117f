import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
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

it('reads any text, and what it takes is the address that was written', () => {
  const near = fc.tuple(fc.ipV4(), fc.nat(70_000)).map(([host, port]) => `${host}:${port}`)
  fc.assert(
    fc.property(
      fc.oneof(
        near,
        fc.string(),
        fc.tuple(near, fc.string()).map((parts) => parts.join('')),
      ),
      (text) => {
        const address = parseAddress(text)
        if (address === undefined) return
        assert.equal(Number(text.slice(address.host.length + 1)), address.port)
        assert.ok(text.startsWith(`${address.host}:`) && address.port > 0 && address.port < 65_536)
      },
    ),
  )
})
