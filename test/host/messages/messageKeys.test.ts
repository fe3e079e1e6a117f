import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MessageKeys } from '../../../src/host/messages/messageKeys.ts'

/** Two views, and everything that happens: keys that reach one, and the editor being told that keys count or do not. */
function withViews() {
  const log: string[] = []
  const keys = new MessageKeys((hasTarget) => log.push(hasTarget ? 'on' : 'off'))
  const left = (deed: string): void => void log.push(`left ${deed}`)
  const right = (deed: string): void => void log.push(`right ${deed}`)
  return { log, keys, left, right }
}

test('keys go to the view in which a message has the keyboard, and nowhere while none has', () => {
  const { log, keys, left } = withViews()
  keys.press('reply')
  keys.setFocused(left, true)
  keys.press('reply')
  keys.setFocused(left, false)
  keys.press('edit')
  assert.deepEqual(log, ['on', 'left reply', 'off'])
})

test('a view that says late that it lost the keyboard takes it from no other', () => {
  const { log, keys, left, right } = withViews()
  keys.setFocused(left, true)
  keys.setFocused(right, true)
  keys.setFocused(left, false)
  keys.press('more')
  keys.setFocused(right, false)
  keys.setFocused(right, false)
  assert.deepEqual(log, ['on', 'right more', 'off'])
})
