import type { Account } from '../identity/account.ts'
import { helloTimeoutMs } from '../link/greeting.ts'
import { decodePacket } from '../link/packet.ts'
import type { Clock } from '../ports/clock.ts'
import type { Transport } from '../ports/transport.ts'
import { introductionOf } from './introduction.ts'
import { InviteDoor, pendingEveryMs } from './inviteDoor.ts'
import type { InviteCode } from './inviteLink.ts'
import type { Answer } from './inviteMessage.ts'
import { encodeJoin, encodeJoined, joinerKeyPair, parseAnswer } from './inviteMessage.ts'

export interface JoinCallInit {
  readonly transport: Transport
  readonly account: Account
  readonly clock: Clock
  readonly code: InviteCode
  /** `wait`: more will come on this call. `joined`: everything is on disk here; tells the inviter and ends the call. */
  readonly onAnswer: (answer: Answer) => Promise<'wait' | 'joined' | 'close'>
}

/** Calls the inviter once, proves the secret, and listens until the call ends. Rejects only when `onAnswer` does. */
export async function callInviter({ transport, account, clock, code, onAnswer }: JoinCallInit): Promise<void> {
  const result = await transport.dial(code.publicKey, joinerKeyPair(code.secret))
  if (result.kind === 'failed') return
  const { connection } = result
  const own = introductionOf(account, clock.now())
  const { bytes, transcript } = encodeJoin(own, code.secret, account.device.secretKey, connection)
  await new Promise<void>((resolve, reject) => {
    let silence = clock.after(helloTimeoutMs, () => {
      connection.destroy()
    })
    connection.onClose = () => {
      silence.dispose()
      resolve()
    }
    const finish = (next: 'wait' | 'joined' | 'close'): void => {
      if (next === 'wait') {
        // The inviter says so again and again, for as long as it is there.
        silence.dispose()
        silence = clock.after(2.5 * pendingEveryMs, () => {
          connection.destroy()
        })
        return
      }
      if (next === 'joined') connection.send(InviteDoor.pack(encodeJoined()))
      connection.end()
      resolve()
    }
    connection.onMessage = (packet) => {
      silence.dispose()
      const message = decodePacket(packet)?.[0]
      const answer = message && parseAnswer(message, transcript, code.secret)
      if (answer === undefined) connection.destroy()
      else
        onAnswer(answer).then(finish, (error: unknown) => {
          connection.destroy()
          reject(error instanceof Error ? error : new Error(String(error)))
        })
    }
    connection.send(InviteDoor.pack(bytes))
  })
}
