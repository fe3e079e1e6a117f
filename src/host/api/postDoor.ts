import { Allowance } from '../../core/link/allowance.ts'
import type { Clock } from '../../core/ports/clock.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { SendBody } from '../../shared/service.ts'
import type { ExtensionApi, PostOutcome, TincanApi } from './tincanApi.ts'
import type { PostGrants } from './postGrants.ts'

/** How fast one extension may post: as fast as a busy build says something worth reading. */
const postAllowance = { burst: 10, perSecond: 1 / 6 }

/** An extension that asks. */
export interface Poster {
  /** `publisher.name`, in lower case. */
  readonly id: string
  /** As its manifest says. */
  readonly name: string
}

export interface PostDoorInit {
  readonly clock: Pick<Clock, 'monotonicMs'>
  readonly grants: PostGrants
  /** The extension of an id; `undefined` where none is installed. */
  readonly findExtension: (id: string) => Poster | undefined
  readonly isThere: (conversation: ConversationId) => boolean
  /** Asks the user; `undefined`: no. `isForGood`: this extension may post there from now on. */
  readonly ask: (
    poster: Poster,
    body: SendBody,
  ) => Promise<{ readonly conversation: ConversationId; readonly isForGood: boolean } | undefined>
  /** Sends, unless the user does not want to because of what was found in it. Answers whether it was sent. */
  readonly send: (conversation: ConversationId, body: SendBody) => Promise<boolean>
}

/** The door for other extensions: what they hand in is parsed, and nothing is sent that the user has not allowed. */
export function createPostDoor(init: PostDoorInit): TincanApi {
  const { grants } = init
  const allowances = new Map<string, Allowance>()
  const asked = new Set<string>()

  const post = async (poster: Poster, value: unknown): Promise<PostOutcome> => {
    // Only here: it hashes, and nothing native is loaded while the editor starts.
    const { parseSendBody } = await import('../../core/body/parseSendBody.ts')
    const body = parseSendBody(value)
    if (body === 'too-long') throw new RangeError('This is too long to be posted.')
    if (body === undefined) throw new TypeError('This is nothing that can be posted.')
    const allowance = allowances.get(poster.id) ?? new Allowance(init.clock, postAllowance)
    allowances.set(poster.id, allowance)
    // One question at a time: an extension cannot bury its user in them.
    if (!allowance.take() || asked.has(poster.id)) throw new RangeError('Posts come too fast.')
    const granted = grants.get(poster.id)
    if (granted !== undefined && init.isThere(granted)) return (await init.send(granted, body)) ? 'sent' : 'declined'
    asked.add(poster.id)
    try {
      const answer = await init.ask(poster, body)
      if (answer === undefined || !(await init.send(answer.conversation, body))) return 'declined'
      if (answer.isForGood) await grants.grant({ extension: poster.id, conversation: answer.conversation })
      return 'sent'
    } finally {
      asked.delete(poster.id)
    }
  }

  return {
    version: 1,
    forExtension(id: unknown): ExtensionApi {
      const poster = typeof id === 'string' ? init.findExtension(id.toLowerCase()) : undefined
      if (poster === undefined) throw new RangeError('There is no extension of this id.')
      return { post: (body) => post(poster, body) }
    },
  }
}
