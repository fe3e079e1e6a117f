import type { Clock } from '../ports/clock.ts'
import type { Connection } from '../ports/transport.ts'
import type { Hello, HelloFields } from './hello.ts'
import { decodeHello, encodeHello } from './hello.ts'
import { decodePacket, encodePackets } from './packet.ts'

/** A connection whose other end has said nothing valid for this long is closed. */
export const helloTimeoutMs = 5_000

export type GreetingResult =
  | { readonly kind: 'greeted'; readonly hello: Hello }
  | { readonly kind: 'failed'; readonly why: 'timeout' | 'closed' | 'invalid' }

/**
 * Exchanges hellos. `done` is called once, in the turn in which the other hello arrived, so that whoever takes over
 * the connection then misses nothing. A failed connection is destroyed already.
 */
export function greet(
  connection: Connection,
  fields: HelloFields,
  deviceSecretKey: Uint8Array,
  clock: Clock,
  done: (result: GreetingResult) => void,
): void {
  let isDone = false
  const finish = (result: GreetingResult): void => {
    if (isDone) return
    isDone = true
    timer.dispose()
    if (result.kind === 'failed') {
      connection.onMessage = () => undefined
      connection.destroy()
    }
    done(result)
  }
  const timer = clock.after(helloTimeoutMs, () => {
    finish({ kind: 'failed', why: 'timeout' })
  })
  connection.onClose = () => {
    finish({ kind: 'failed', why: 'closed' })
  }
  for (const packet of encodePackets([encodeHello(fields, deviceSecretKey, connection)])) connection.send(packet)
  connection.onMessage = (message) => {
    const frames = decodePacket(message)
    const hello = frames?.length === 1 ? decodeHello(frames[0] as Uint8Array, connection) : undefined
    finish(hello === undefined ? { kind: 'failed', why: 'invalid' } : { kind: 'greeted', hello })
  }
}
