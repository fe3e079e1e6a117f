import assert from 'node:assert/strict'
import type { ChatErrorCode } from '../../src/shared/chatError.ts'
import { RpcError } from './headlessPeer.ts'

/** The request is refused with `code` and one clear sentence. */
export async function expectRefusal(request: Promise<unknown>, code: ChatErrorCode): Promise<void> {
  await assert.rejects(request, (error: unknown) => {
    assert.ok(error instanceof RpcError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, /^[A-Z][^\n]*[.)]$/)
    return true
  })
}
