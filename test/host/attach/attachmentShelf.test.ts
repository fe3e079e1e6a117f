import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAttachmentShelf } from '../../../src/host/attach/attachmentShelf.ts'
import type { ConversationId } from '../../../src/shared/ids.ts'
import { maxAttachments } from '../../../src/shared/webviewProtocol.ts'

const [one, other] = ['1'.repeat(64) as ConversationId, '2'.repeat(64) as ConversationId]
const body = { kind: 'snippet', language: 'python', text: 'a = 1' } as const

describe('createAttachmentShelf', () => {
  it('keeps what is attached apart by conversation, in order, and tells of every change', () => {
    const shelf = createAttachmentShelf()
    const changes: ConversationId[] = []
    shelf.onDidChange((conversation) => changes.push(conversation))
    shelf.add(one, body, 'It holds a password.')
    shelf.add(other, body)
    shelf.add(one, { ...body, text: 'b = 2' })
    const [first, second] = shelf.list(one)
    assert.ok(second !== undefined && 'body' in second)
    assert.deepEqual([first?.warning, second.body.text], ['It holds a password.', 'b = 2'])
    shelf.remove(other, first?.id ?? -1)
    shelf.remove(one, first?.id ?? -1)
    assert.deepEqual(shelf.list(one), [second])
    assert.deepEqual(changes, [one, other, one, one])
  })

  it('has room for so many and no more, and none when it is over', () => {
    const shelf = createAttachmentShelf()
    for (let i = 0; i < maxAttachments; i++) assert.ok(shelf.add(one, body))
    assert.ok(!shelf.add(one, body))
    assert.equal(shelf.list(one).length, maxAttachments)
    shelf.dispose()
    assert.deepEqual(shelf.list(one), [])
  })
})
