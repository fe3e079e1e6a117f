import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eachInTurn } from '../../../src/host/files/eachInTurn.ts'

test('what fails with one is still done with the others, one after the other, and told in the end', async () => {
  const seen: string[] = []
  const work = async (item: string): Promise<void> => {
    seen.push(`begin ${item}`)
    await Promise.resolve()
    if (item.startsWith('bad')) throw new Error(item)
    seen.push(`end ${item}`)
  }
  await assert.rejects(eachInTurn(['a', 'bad 1', 'b', 'bad 2'], work), /bad 1/)
  assert.deepEqual(seen, ['begin a', 'end a', 'begin bad 1', 'begin b', 'end b', 'begin bad 2'])
  await eachInTurn([], work)
})
