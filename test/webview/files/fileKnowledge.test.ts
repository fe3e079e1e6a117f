import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MessageId } from '../../../src/shared/ids.ts'
import { FileKnowledge } from '../../../src/webview/files/fileKnowledge.ts'

/** The beginning of a picture of one pixel. */
const picture = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const idOf = (number: number): MessageId => String(number).padStart(76, '0') as MessageId

test('of many pictures those are kept that were asked for last', () => {
  const files = new FileKnowledge()
  for (let i = 0; i < 24; i++) files.setPicture(idOf(i), picture)
  const first = files.pictureOf(idOf(0))
  assert.match(first?.url ?? '', /^blob:/)
  files.setPicture(idOf(24), picture)
  assert.equal(files.pictureOf(idOf(0)), first)
  assert.equal(files.pictureOf(idOf(1)), undefined)
})

test('what is no picture is known to be none, and what is gone is forgotten', () => {
  const files = new FileKnowledge()
  files.setPicture(idOf(0), Buffer.from('<svg onload=alert(1)>'))
  assert.deepEqual(files.pictureOf(idOf(0)), { url: undefined })
  let told = 0
  const stop = files.watch(idOf(0), () => (told += 1))
  files.setState(idOf(0), { kind: 'gone', bytes: 0, size: 0 })
  assert.equal(files.pictureOf(idOf(0)), undefined)
  stop()
  files.setState(idOf(0), { kind: 'here', bytes: 1, size: 1 })
  assert.equal(told, 1)
})
