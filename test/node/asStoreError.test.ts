import assert from 'node:assert/strict'
import { it } from 'node:test'
import { asStoreError, withStoreErrors } from '../../src/node/asStoreError.ts'
import { chatError } from '../../src/shared/chatError.ts'

const sqliteError = (errcode: number): Error => Object.assign(new Error('of SQLite'), { errcode })

const cases = [
  ['busy', 5, 'in-use'],
  ['busy recovery', 261, 'in-use'],
  ['locked', 6, 'in-use'],
  ['no permission', 3, 'store-failed'],
  ['read-only', 8, 'store-failed'],
  ['read-only directory', 1544, 'store-failed'],
  ['failed write', 778, 'store-failed'],
  ['failed fsync', 1034, 'store-failed'],
  ['full disk', 13, 'store-failed'],
  ['cannot open', 14, 'store-failed'],
  ['corrupt', 11, 'store-damaged'],
  ['corrupt index', 779, 'store-damaged'],
  ['not a database', 26, 'store-damaged'],
  ['wrong data from the device', 8202, 'store-damaged'],
  ['corrupt file system', 8458, 'store-damaged'],
] as const

for (const [what, code, expected] of cases) {
  it(`takes SQLite's "${what}" for ${expected}`, () => {
    const error = asStoreError(sqliteError(code))
    assert.ok(error instanceof Error && 'code' in error)
    assert.equal(error.code, expected)
  })
}

it('takes an error of the file system for store-failed', () => {
  const error = asStoreError(Object.assign(new Error('no space'), { syscall: 'write', code: 'ENOSPC' }))
  assert.ok(error instanceof Error && 'code' in error)
  assert.equal(error.code, 'store-failed')
})

it('passes on what is not a failing disk: bugs, refusals and whatever else is thrown', () => {
  for (const error of [new TypeError('a bug'), sqliteError(1), sqliteError(19), chatError('store-newer'), 'text']) {
    assert.equal(asStoreError(error), error)
  }
})

it('gives the result of work that does not throw', () => {
  assert.equal(
    withStoreErrors(() => 7),
    7,
  )
})
