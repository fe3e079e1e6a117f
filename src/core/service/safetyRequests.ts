/** What each request about knowing who somebody is does, once its parameters are parsed. */
import { chatError } from '../../shared/chatError.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { SafetyRequests } from '../../shared/safety.ts'
import { compareScan, scanCode } from '../safety/scanCode.ts'
import { safetyNumber } from '../safety/safetyNumber.ts'
import type { Engine } from './engine.ts'
import { contactOf } from './lookup.ts'
import type { RequestContext } from './requests.ts'

type SafetyHandlers = {
  readonly [M in keyof SafetyRequests]: (
    context: RequestContext,
    params: SafetyRequests[M]['params'],
  ) => Promise<SafetyRequests[M]['result']> | SafetyRequests[M]['result']
}

export const safetyHandlers: SafetyHandlers = {
  'safety/number': ({ engine, keeper }, { person }) => {
    const { person: theirs, isVerified } = contactOf(engine(), person)
    const own = rootKey(keeper)
    return { number: safetyNumber(own, theirs), code: scanCode(own, theirs), verified: isVerified }
  },
  'safety/verify': async ({ engine }, { person, verified }) => {
    contactOf(engine(), person)
    await verify(engine(), person, verified)
    return null
  },
  'safety/scan': ({ engine, keeper }, { person, code }) => ({
    outcome: compareScan(code, rootKey(keeper), contactOf(engine(), person).person),
  }),
  'safety/compare': ({ engine }, { person }) => {
    if (contactOf(engine(), person).isBlocked === true) throw chatError('blocked')
    return { comparison: engine().comparisons.start(person) }
  },
  'safety/judge': ({ engine }, { person, verdict }) => {
    contactOf(engine(), person)
    return { comparison: engine().comparisons.judge(person, verdict) ?? null }
  },
  'safety/comparison': ({ engine }, { person }) => {
    contactOf(engine(), person)
    return { comparison: engine().comparisons.of(person) ?? null }
  },
}

/** Takes down that the user has, or has not, made sure of a contact's keys, and says so in the conversation. */
export async function verify(
  { contacts, conversations }: Pick<Engine, 'contacts' | 'conversations'>,
  person: PersonId,
  verified: boolean,
): Promise<void> {
  if (contacts.get(person)?.isVerified === verified) return
  await contacts.update(person, { isVerified: verified })
  await conversations.with(person)?.addNotice(verified ? 'verified' : 'unverified', person)
}

function rootKey({ account }: RequestContext['keeper']): Uint8Array {
  if (account === undefined) throw chatError('no-identity')
  return account.root.publicKey
}
