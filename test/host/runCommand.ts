import type { Boundary } from '../../src/host/boundary.ts'
import type { ChatModel } from '../../src/host/life/chatModel.ts'
import type { Conversation } from '../../src/shared/service.ts'
import { userOf } from './askedEditor.ts'

/**
 * Runs a command on a conversation with a user who gives these answers. Says what the user was asked, and what the service
 * was: each request with its params.
 */
export async function runCommand(
  register: (boundary: Boundary, model: ChatModel) => void,
  command: string,
  on: Conversation,
  answers: readonly string[],
) {
  const user = userOf(...answers)
  const done: (readonly [method: string, params: unknown])[] = []
  const request = (method: string, params: unknown) => {
    if (method === 'conversation/list') return Promise.resolve([on])
    done.push([method, params])
    return Promise.resolve(null)
  }
  const works = new Map<string, (argument: unknown) => unknown>()
  const boundary = {
    command: (id: string, work: (argument: unknown) => unknown) => void works.set(id, work),
  } as unknown as Boundary
  register(boundary, { request } as unknown as ChatModel)
  await works.get(command)?.(on.id)
  return { asked: user.asked, done }
}
