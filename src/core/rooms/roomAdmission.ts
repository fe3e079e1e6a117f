import type { Account } from '../identity/account.ts'
import type { Admission } from '../invite/admission.ts'
import { introductionOf } from '../invite/introduction.ts'
import type { InviteRecord } from '../invite/inviteRecords.ts'
import { encodeRoomWelcome } from '../invite/inviteMessage.ts'
import type { Clock } from '../ports/clock.ts'
import type { RoomGrant } from './roomRecords.ts'
import type { Rooms } from './rooms.ts'
import { writeWelcome } from './roomWelcome.ts'

export interface RoomAdmissionInit {
  readonly rooms: Rooms
  readonly account: () => Account
  readonly clock: Clock
}

/** Lets people into rooms; they do not become contacts by it. */
export function roomAdmission({ rooms, account, clock }: RoomAdmissionInit): Admission {
  return {
    refusal: (record, joiner) => rooms.refusalOf(grantOf(record), joiner.personId),
    accept: async (record, joiner, alsoWrite) => (await rooms.admit(grantOf(record), joiner, alsoWrite)).messages,
    conversation: (record) => rooms.get(grantOf(record).room)?.messages,
    welcome: ({ record, transcript }) =>
      encodeRoomWelcome(
        introductionOf(account(), clock.now()),
        writeWelcome(rooms.welcomeFor(grantOf(record))),
        transcript,
        record.secret,
        account().device.secretKey,
      ),
  }
}

function grantOf({ room }: InviteRecord): RoomGrant {
  if (room === undefined) throw new Error('Not an invite into a room')
  return room
}
