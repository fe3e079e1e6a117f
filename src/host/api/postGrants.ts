import type * as vscode from 'vscode'
import { parseConversationId } from '../../shared/ids.ts'
import type { ConversationId } from '../../shared/ids.ts'

const key = 'tincan.postGrants'

/** Where an extension may post without asking. */
export interface PostGrant {
  /** `publisher.name`, in lower case. */
  readonly extension: string
  readonly conversation: ConversationId
}

/** What the user has allowed extensions for good: each to post in one conversation. */
export interface PostGrants {
  readonly all: readonly PostGrant[]
  get(extension: string): ConversationId | undefined
  grant(grant: PostGrant): Promise<void>
  revoke(extension: string): Promise<void>
}

/** What `memory` holds is parsed each time it is read: another window may have changed it. */
export function createPostGrants(memory: Pick<vscode.Memento, 'get' | 'update'>): PostGrants {
  const read = (): PostGrant[] => {
    const value = memory.get<unknown>(key)
    return Array.isArray(value) ? value.flatMap((one) => parseGrant(one) ?? []) : []
  }
  const without = (extension: string): PostGrant[] => read().filter((one) => one.extension !== extension)
  return {
    get all() {
      return read()
    },
    get: (extension) => read().find((one) => one.extension === extension)?.conversation,
    grant: async (grant) => memory.update(key, [...without(grant.extension), grant]),
    revoke: async (extension) => memory.update(key, without(extension)),
  }
}

function parseGrant(value: unknown): PostGrant | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { extension, conversation } = value as Record<string, unknown>
  const place = parseConversationId(conversation)
  return typeof extension === 'string' && place !== undefined ? { extension, conversation: place } : undefined
}
