import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repairSentence } from '../../../src/host/view/storeWords.ts'
import { plainEnglish } from '../plainEnglish.ts'

test('a repair that cost rooms says how they come back, and what helps where nobody can give them back', () => {
  const repair = { cause: 'damaged', at: 1, setAside: 'store.db.1' } as const
  assert.match(repairSentence(repair, plainEnglish), /kept as “store\.db\.1”\.$/)
  assert.match(
    repairSentence({ ...repair, lostRooms: 1 }, plainEnglish),
    /“store\.db\.1”\. One of your rooms .* ask a member to remove you and to invite you again\.$/,
  )
  assert.match(
    repairSentence({ ...repair, lostRooms: 3 }, plainEnglish),
    /3 of your rooms .* from contacts who are in them/,
  )
})
