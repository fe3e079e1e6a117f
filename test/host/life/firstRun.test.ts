import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFirstRun, isPhraseKept, viewState } from '../../../src/host/life/firstRun.ts'
import type { ChatSnapshot } from '../../../src/host/life/chatModel.ts'
import { ready } from '../sampleChat.ts'

const lists = { conversations: [], invites: [], joins: [], offers: [], requests: [] }

test('nothing is ready before the chat runs with an identity and the first phrase was left', () => {
  const firstRun = createFirstRun()
  const states = (['starting', 'elsewhere', 'broken', 'ended', 'running'] as const).map((phase) =>
    viewState({ phase, ...lists }, firstRun),
  )
  assert.deepEqual(states, ['starting', 'elsewhere', 'broken', 'ended', 'starting'])
  assert.equal(viewState({ phase: 'running', identity: { kind: 'none' }, ...lists }, firstRun), 'none')
  firstRun.setOpen(true)
  assert.equal(viewState({ phase: 'running', identity: ready, ...lists }, firstRun), 'phrase')
  firstRun.setOpen(false)
  assert.equal(viewState({ phase: 'running', identity: ready, ...lists }, firstRun), 'ready')
})

test('the end of the first run is told once', () => {
  const firstRun = createFirstRun()
  const told: boolean[] = []
  firstRun.onDidChange((isOpen) => told.push(isOpen))
  for (const isOpen of [false, true, true, false]) firstRun.setOpen(isOpen)
  assert.deepEqual(told, [true, false])
})

test('the recovery phrase is kept once the user said that it is written down', () => {
  const kept = (identity: ChatSnapshot['identity']): boolean =>
    isPhraseKept({ phase: 'running', ...lists, ...(identity !== undefined && { identity }) })
  assert.deepEqual(
    [kept(undefined), kept({ kind: 'none' }), kept({ ...ready, phrasePending: true }), kept(ready)],
    [false, false, false, true],
  )
})
