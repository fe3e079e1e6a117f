import assert from 'node:assert/strict'
import { test } from 'node:test'
import { named } from '../../../src/core/search/named.ts'

const ann = 'a1b2c3d4'.repeat(8)
const people = [
  { id: ann, name: 'Ann Lee' },
  { id: 'bb'.repeat(32), name: 'Bob' },
  { id: 'cc'.repeat(32), name: 'Воb' },
  { id: 'dd'.repeat(32), name: 'José' },
]
const names = (typed: string): string[] => named(typed, people).map((id) => id.slice(0, 2))

test('a person is named by the words of the name, without accents, or by the beginning of the id', () => {
  assert.deepEqual(names('ann'), ['a1'])
  assert.deepEqual(names('lee an'), ['a1'])
  assert.deepEqual(names('jose'), ['dd'])
  assert.deepEqual(names('A1B2C3D4'), ['a1'])
  assert.deepEqual(names('a1b2'), [])
  assert.deepEqual(names('nobody'), [])
  assert.deepEqual(names('!'), [])
})

test('an imitation of a name is never taken for it, and is found where there is nothing else', () => {
  assert.deepEqual(names('Bob'), ['bb'])
  assert.deepEqual(names('В0b'), ['bb', 'cc'])
})
