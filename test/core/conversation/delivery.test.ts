import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceId, PersonId } from '../../../src/shared/ids.ts'
import { Delivery } from '../../../src/core/conversation/delivery.ts'

const [device, other] = ['d' as DeviceId, 'e' as DeviceId]
const person = 'p' as PersonId
const [link, second] = [{}, {}]

test('a message is queued, then sent, then delivered, and queued again when its link closes unconfirmed', () => {
  const delivery = new Delivery()
  assert.equal(delivery.stateOf(1), 'queued')
  delivery.hand(link, 1, 3)
  assert.equal(delivery.stateOf(2), 'sent')
  assert.deepEqual(delivery.acknowledge(device, person, [{ from: 1, to: 2 }]), [{ from: 1, to: 2 }])
  assert.deepEqual([delivery.stateOf(2), delivery.stateOf(3)], ['delivered', 'sent'])
  assert.deepEqual(delivery.withdraw(link), [{ from: 3, to: 3 }])
  assert.deepEqual([delivery.stateOf(2), delivery.stateOf(3)], ['delivered', 'queued'])
  assert.deepEqual(delivery.withdraw(link), [])
})

test('what one link was handed stays sent when another closes', () => {
  const delivery = new Delivery()
  delivery.hand(link, 1, 1)
  delivery.hand(second, 1, 1)
  delivery.withdraw(link)
  assert.equal(delivery.stateOf(1), 'sent')
})

test('only what is new of what another device holds is told, and each device counts', () => {
  const delivery = new Delivery()
  delivery.acknowledge(device, person, [{ from: 1, to: 5 }])
  assert.deepEqual(delivery.acknowledge(device, person, [{ from: 1, to: 5 }]), [])
  assert.deepEqual(delivery.acknowledge(device, person, [{ from: 1, to: 7 }]), [{ from: 6, to: 7 }])
  delivery.acknowledge(other, person, [{ from: 9, to: 9 }])
  assert.deepEqual(
    [7, 8, 9].map((seq) => delivery.stateOf(seq)),
    ['delivered', 'queued', 'delivered'],
  )
})

test('a device that takes its word back and gives it again, over and over, is heard once', () => {
  const delivery = new Delivery()
  assert.deepEqual(delivery.acknowledge(device, person, [{ from: 1, to: 9 }]), [{ from: 1, to: 9 }])
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(delivery.acknowledge(device, person, []), [])
    assert.equal(delivery.stateOf(4), 'queued')
    assert.deepEqual(delivery.acknowledge(device, person, [{ from: 1, to: 9 }]), [])
    assert.equal(delivery.stateOf(4), 'delivered')
  }
})

test('what was told to be queued again is told again when it is delivered after all', () => {
  const delivery = new Delivery()
  delivery.acknowledge(device, person, [{ from: 1, to: 3 }])
  delivery.acknowledge(device, person, [{ from: 1, to: 1 }])
  delivery.hand(link, 2, 3)
  assert.deepEqual(delivery.withdraw(link), [{ from: 2, to: 3 }])
  assert.deepEqual(delivery.acknowledge(device, person, [{ from: 1, to: 3 }]), [{ from: 2, to: 3 }])
})
