import assert from 'node:assert/strict'
import { it } from 'node:test'
import { bootstrapNodes } from '../../src/node/bootstrapNodes.ts'

const publicNode = { host: '88.99.3.86', port: 49737 }
const named = { host: 'node1.example.org', port: 49737 }
const local = { host: '192.168.1.20', port: 49737 }
const own = { host: '127.0.0.1', port: 49737 }

it('leaves the choice to HyperDHT where nothing is configured', () => {
  assert.equal(bootstrapNodes(undefined, false), undefined)
})

it('takes the configured nodes, also when there are none', () => {
  assert.deepEqual(bootstrapNodes([publicNode, named], false), [publicNode, named])
  assert.deepEqual(bootstrapNodes([], false), [])
})

it('contacts no public node in the local network only, whatever is configured', () => {
  assert.deepEqual(bootstrapNodes(undefined, true), [])
  assert.deepEqual(bootstrapNodes([publicNode, named, local, own], true), [local, own])
})
