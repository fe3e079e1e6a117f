import { ErrorCodes, type RequestMessage, type ResponseMessage } from 'vscode-jsonrpc/node'
import { ChatError, chatError } from '../shared/chatError.ts'

/** What one parsed JSON value from stdin is. */
export type Incoming =
  | { readonly kind: 'request'; readonly id: number | string; readonly method: string; readonly params: object }
  | { readonly kind: 'notification' }
  | { readonly kind: 'refused'; readonly response: ResponseMessage }

/** JSON-RPC's code of every refusal that the core makes; `data.code` tells them apart. */
export const refusedByCore = -32000

/** Reads a JSON-RPC 2.0 request field by field; anything else comes with the response that refuses it. */
export function parseIncoming(value: unknown): Incoming {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return invalidRequest(null)
  const { jsonrpc, id, method, params }: Partial<Record<keyof RequestMessage, unknown>> = value
  const isId = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id))
  if (jsonrpc !== '2.0' || typeof method !== 'string') return invalidRequest(isId ? id : null)
  if (!('id' in value)) return { kind: 'notification' }
  if (!isId) return invalidRequest(null)
  if (params === undefined || params === null) return { kind: 'request', id, method, params: {} }
  if (typeof params === 'object' && !Array.isArray(params)) return { kind: 'request', id, method, params }
  return { kind: 'refused', response: errorResponse(id, chatError('invalid-params', 'parameters go by name')) }
}

function invalidRequest(id: number | string | null): Incoming {
  const data = { code: 'invalid-params' }
  const error = { code: ErrorCodes.InvalidRequest, message: 'This is not a JSON-RPC 2.0 request.', data }
  return { kind: 'refused', response: { jsonrpc: '2.0', id, error } }
}

/** The response for input that is no JSON at all. */
export function parseErrorResponse(message: string): ResponseMessage {
  return { jsonrpc: '2.0', id: null, error: { code: ErrorCodes.ParseError, message, data: { code: 'invalid-params' } } }
}

/** The response for a failed request. What is no `ChatError` is a bug: it becomes `internal` and says no more. */
export function errorResponse(id: number | string, error: unknown): ResponseMessage {
  const refusal = error instanceof ChatError ? error : chatError('internal')
  const { message, code } = refusal
  return { jsonrpc: '2.0', id, error: { code: numericCode(refusal), message, data: { code } } }
}

function numericCode({ code }: ChatError): number {
  if (code === 'unknown-method') return ErrorCodes.MethodNotFound
  if (code === 'invalid-params') return ErrorCodes.InvalidParams
  return code === 'internal' ? ErrorCodes.InternalError : refusedByCore
}
