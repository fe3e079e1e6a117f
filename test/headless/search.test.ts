import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectRefusal } from './expectRefusal.ts'
import { friends } from './people.ts'
import { planted, text, untilState, World } from './world.ts'

test('both sides find what was said, page by page, and any query is answered', async (t) => {
  const world = await World.open(t)
  const { ada, bob, conversation } = await friends(world)
  for (const said of ['first words', 'second words 漢字', 'const getUserName = 1']) {
    const { id } = await ada.request('message/send', { conversation, body: text(said) })
    await untilState(ada, conversation, id, 'delivered')
  }
  for (const peer of [ada, bob]) {
    const find = async (query: string): Promise<string[]> => {
      const { hits, unread } = await peer.request('search/messages', { query, limit: 10, complete: true })
      assert.equal(unread, 0)
      return hits.map(({ message: { body } }) => ('text' in body ? body.text.replace(`${planted} `, '') : ''))
    }
    assert.deepEqual(await find('words'), ['second words 漢字', 'first words'])
    assert.deepEqual(await find('字'), ['second words 漢字'])
    assert.deepEqual(await find('user '), ['const getUserName = 1'])
    assert.deepEqual(await find('on:today first'), ['first words'])
    for (const odd of ['"', 'from:nobody words', 'words) OR (', '* NEAR(', 'x'.repeat(10_000)])
      assert.deepEqual(await find(odd), [])
    const page = await peer.request('search/messages', { query: 'words', limit: 1, complete: true })
    const rest = await peer.request('search/messages', {
      query: 'words',
      limit: 5,
      ...(page.next && { before: page.next }),
    })
    assert.equal(page.hits.length + rest.hits.length, 2)
  }
  await expectRefusal(ada.request('search/messages', { query: 'x', limit: 0 }), 'invalid-params')
})
