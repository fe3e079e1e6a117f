import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AttentionBoard } from '../../../src/node/windows/attentionBoard.ts'
import type { Standing } from '../../../src/node/windows/windowMessages.ts'

/** A window on the board, and what it was told last. */
function sit(board: AttentionBoard) {
  const told: Standing[] = []
  const seat = board.join((standing) => told.push(standing))
  return { ...seat, told, last: () => told.at(-1) }
}

const focused = (usedAt: number) => ({ isFocused: true, usedAt })
const left = (usedAt: number) => ({ isFocused: false, usedAt })

test('exactly one window speaks: the one used last, and the first while none was used', () => {
  const board = new AttentionBoard()
  const windows = [sit(board), sit(board), sit(board)]
  const speakers = (): number[] => windows.flatMap(({ last }, i) => (last()?.speaks === true ? [i] : []))
  assert.deepEqual(speakers(), [0])
  windows[2]?.report(focused(10))
  assert.deepEqual(speakers(), [2])
  windows[2]?.report(left(20))
  windows[1]?.report(focused(30))
  assert.deepEqual(speakers(), [1])
  windows[1]?.dispose()
  assert.deepEqual([speakers().filter((i) => i !== 1), windows[2]?.last()?.speaks], [[2], true])
})

test('every window knows whether the user is in any of them', () => {
  const board = new AttentionBoard()
  const [one, two] = [sit(board), sit(board)]
  one.report(focused(1))
  assert.deepEqual([one.last()?.isAnyFocused, two.last()?.isAnyFocused], [true, true])
  one.report(left(2))
  assert.deepEqual([one.last()?.isAnyFocused, two.last()?.isAnyFocused], [false, false])
  two.report(focused(3))
  two.dispose()
  assert.equal(one.last()?.isAnyFocused, false)
})

test('whoever falls silent hears of it before another one is told to speak, and nobody hears anything twice', () => {
  const board = new AttentionBoard()
  const heard: string[] = []
  const seats = ['a', 'b'].map((name) => board.join(({ speaks }) => heard.push(`${name} ${speaks}`)))
  heard.length = 0
  seats[1]?.report(left(1))
  seats[1]?.report(left(2))
  assert.deepEqual(heard, ['a false', 'b true'])
})
