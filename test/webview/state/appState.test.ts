import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HostToWebview } from '../../../src/shared/webviewProtocol.ts'
import { initialState, reduceApp } from '../../../src/webview/state/appState.ts'
import type { AppState } from '../../../src/webview/state/appState.ts'
import { message, page, screenMessage } from '../harness/fixtures.ts'

const receive = (state: AppState, ...messages: readonly HostToWebview[]): AppState =>
  messages.reduce((next, host) => reduceApp(next, { type: 'host', message: host, seen: false }), state)

describe('the state of the view', () => {
  it('shows the screen that the host names, with its words', () => {
    const state = receive(initialState, screenMessage({ kind: 'welcome' }, 'de'))
    assert.deepEqual([state.screen, state.locale, state.busy], [{ kind: 'welcome' }, 'de', false])
  })

  it('holds a conversation only while one is shown', () => {
    const opened = receive(initialState, screenMessage({ kind: 'conversation', page: page([message(1)]) }))
    assert.equal(receive(opened, { type: 'added', messages: [message(2)] }).conversation?.messages.length, 2)
    assert.equal(receive(opened, screenMessage({ kind: 'elsewhere', sentence: '' })).conversation, undefined)
    assert.equal(receive(initialState, { type: 'added', messages: [message(2)] }).conversation, undefined)
  })

  it('says what failed on the screen where it was tried, and ends the wait', () => {
    const busy = reduceApp(receive(initialState, screenMessage({ kind: 'name' })), { type: 'busy' })
    assert.equal(busy.busy, true)
    const failed = receive(busy, { type: 'failed', sentence: 'No.' })
    assert.deepEqual([failed.failure, failed.busy], ['No.', false])
    assert.equal(receive(failed, screenMessage({ kind: 'name' })).failure, 'No.')
    assert.equal(receive(failed, screenMessage({ kind: 'welcome' })).failure, undefined)
    assert.equal(reduceApp(failed, { type: 'dismiss' }).failure, undefined)
    assert.equal(reduceApp(failed, { type: 'busy' }).failure, undefined)
  })
})
