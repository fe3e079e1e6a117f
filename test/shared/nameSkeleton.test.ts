import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameSkeleton } from '../../src/shared/nameSkeleton.ts'

test('names that look alike have one skeleton', () => {
  const alike: readonly (readonly [string, string])[] = [
    ['Bob', 'Воb'],
    ['Alice', 'A1ice'],
    ['Zoe', 'Zoë'],
    ['Bob', 'B o\u200bb'],
    ['scope', 'ѕсоре'],
    ['Willow', 'VViIIоѡ'],
    ['Barney', 'Ваmеу'],
    ['A|ice', 'AIice'],
    ['Bob.', 'B-o-b'],
    ['Eve', 'Ενε'],
  ]
  for (const [one, other] of alike) assert.equal(nameSkeleton(one), nameSkeleton(other), other)
  assert.notEqual(nameSkeleton('Bob'), nameSkeleton('Rob'))
})
