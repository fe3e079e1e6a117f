import assert from 'node:assert/strict'
import { it } from 'node:test'
import { routeTo } from '../../src/node/ipv4.ts'

const cases = [
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['10.0.0.1', 'lan'],
  ['172.16.0.1', 'lan'],
  ['172.31.255.255', 'lan'],
  ['172.15.0.1', 'direct'],
  ['172.32.0.1', 'direct'],
  ['192.168.1.1', 'lan'],
  ['192.169.1.1', 'direct'],
  ['169.254.3.4', 'lan'],
  ['100.64.0.1', 'direct'],
  ['8.8.8.8', 'direct'],
  ['10.0.0.256', 'direct'],
  ['localhost', 'direct'],
  ['', 'direct'],
] as const

for (const [host, route] of cases) {
  it(`takes the way to "${host}" for ${route}`, () => assert.equal(routeTo(host), route))
}
