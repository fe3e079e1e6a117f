import type { MessageId } from '../../shared/ids.ts'
import type { UnreadableBody } from '../../shared/service.ts'
import type { WireBody } from '../body/messageBody.ts'
import type { Slot } from './relationNames.ts'

/** That a body says something about a message. */
export interface RelationOf {
  readonly message: MessageId
  readonly slot: Slot
  /** Of what each person says, the newest counts. */
  readonly isPersonal: boolean
}

/** Which messages a body is about, and how. */
export function relationsOf(body: WireBody | UnreadableBody): readonly RelationOf[] {
  switch (body.kind) {
    case 'text':
    case 'snippet':
    case 'patch':
    case 'file': {
      const { thread, replyTo } = body
      return [
        ...(thread === undefined ? [] : [{ message: thread, slot: 'thread' as const, isPersonal: false }]),
        ...(replyTo === undefined ? [] : [{ message: replyTo, slot: 'reply' as const, isPersonal: false }]),
      ]
    }
    case 'erase':
      return [body.message, ...body.edits].map((message) => ({ message, slot: 'erase', isPersonal: true }))
    case 'edit':
    case 'reaction':
      return [{ message: body.message, slot: body.kind, isPersonal: true }]
    case 'patch-result':
      return [{ message: body.patch, slot: body.kind, isPersonal: true }]
    case 'lifetime':
    case 'faded':
    case 'unreadable':
      return []
  }
}
