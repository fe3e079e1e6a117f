import type { Acquaintances } from '../contact/acquaintances.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { Account } from '../identity/account.ts'
import type { Clock } from '../ports/clock.ts'
import type { Admission } from './admission.ts'
import { introductionOf } from './introduction.ts'
import { encodeWelcome } from './inviteMessage.ts'

export interface ContactAdmissionInit {
  readonly acquaintances: Acquaintances
  readonly conversations: Conversations
  readonly account: () => Account
  readonly clock: Clock
}

/** Makes a contact of whoever is let in. */
export function contactAdmission({ acquaintances, conversations, account, clock }: ContactAdmissionInit): Admission {
  return {
    refusal: () => undefined,
    accept: (_record, joiner, alsoWrite) =>
      acquaintances.accept(joiner, () => conversations.secretsFor(joiner.personId), alsoWrite),
    conversation: (_record, joiner) => conversations.with(joiner.personId),
    welcome: ({ record, joiner, transcript }) =>
      encodeWelcome(
        introductionOf(account(), clock.now()),
        conversations.secretsFor(joiner.personId),
        transcript,
        record.secret,
        account().device.secretKey,
      ),
  }
}
