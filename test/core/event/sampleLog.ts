/** Events as a device would write them, for tests of what reads them. */
import fc from 'fast-check'
import { hash, keyPairFromSeed } from '../../../src/core/crypto/primitives.ts'
import { HeaderWriter, maxCounter, noPrevious, type EventBody } from '../../../src/core/event/event.ts'
import type { Run, RunEvent } from '../../../src/core/event/run.ts'
import type { KeyPair } from '../../../src/core/ports/transport.ts'

export const sampleConversation = new Uint8Array(32).fill(0xc0)
export const sampleDevice = keyPairFromSeed(new Uint8Array(32).fill(0xd0))

export interface SampleEvent extends RunEvent {
  readonly id: Uint8Array
  readonly previous: Uint8Array
  readonly signature: Uint8Array
}

/** One event after `previous`, signed. */
export function writeSample(
  event: Omit<RunEvent, 'seq'> & { readonly seq: number },
  previous: Uint8Array,
  { conversation = sampleConversation, device = sampleDevice }: { conversation?: Uint8Array; device?: KeyPair } = {},
): SampleEvent {
  const headers = new HeaderWriter(conversation, device.publicKey)
  headers.prefix(event, previous)
  const id = headers.complete(event.body)
  return { ...event, id, previous, signature: headers.sign(device.secretKey) }
}

/** A chain of `count` events from `seq` 1 on; `salt` makes another history of the same device. */
export function sampleChain(
  count: number,
  options: { salt?: number; conversation?: Uint8Array; device?: KeyPair; after?: SampleEvent } = {},
): SampleEvent[] {
  const { salt = 0, after } = options
  const events: SampleEvent[] = []
  let previous: Pick<SampleEvent, 'seq' | 'clock' | 'id'> = after ?? { seq: 0, clock: 0, id: noPrevious }
  for (let i = 0; i < count; i++) {
    const seq = previous.seq + 1
    const body = { kind: 'sealed' as const, bytes: hash(new Uint8Array([salt, seq & 0xff, seq >> 8])) }
    const fields = { seq, clock: previous.clock + 2, sentAt: 1_000 * seq, epoch: new Uint8Array(16).fill(1), body }
    const event = writeSample(fields, previous.id, options)
    events.push(event)
    previous = event
  }
  return events
}

/** A run over consecutive events, signed at its end unless said otherwise. */
export function sampleRun(events: readonly SampleEvent[], isSigned = true, device = sampleDevice.publicKey): Run {
  const [first, last] = [events[0] as SampleEvent, events.at(-1) as SampleEvent]
  const run = {
    device,
    previous: first.previous,
    events: events.map(({ seq, clock, sentAt, epoch, body }) => ({ seq, clock, sentAt, epoch, body })),
  }
  return isSigned ? { ...run, signature: last.signature } : run
}

const bytes = (length: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: length, maxLength: length })
const anyBody: fc.Arbitrary<EventBody> = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((sealed) => ({ kind: 'sealed' as const, bytes: sealed })),
  fc.tuple(fc.nat(1000), bytes(32)).map(([length, bodyHash]) => ({ kind: 'erased' as const, length, hash: bodyHash })),
)

/** Any run that the format can carry, not necessarily a verified one. */
export const anyRun: fc.Arbitrary<Run> = fc
  .record({
    device: bytes(32),
    previous: bytes(32),
    first: fc.integer({ min: 1, max: maxCounter - 100 }),
    signature: fc.option(bytes(64), { nil: undefined }),
    events: fc.array(
      fc.record({
        step: fc.integer({ min: 1, max: 2 ** 40 }),
        sentAt: fc.integer({ min: 0, max: maxCounter }),
        epoch: fc.integer({ min: 0, max: 2 }).map((fill) => new Uint8Array(16).fill(fill)),
        body: anyBody,
      }),
      { minLength: 1, maxLength: 12 },
    ),
  })
  .map(({ device, previous, first, signature, events }) => {
    let clock = 0
    const run = {
      device,
      previous,
      events: events.map(({ step, sentAt, epoch, body }, i) => {
        clock += step
        return { seq: first + i, clock, sentAt, epoch, body }
      }),
    }
    return signature === undefined ? run : { ...run, signature }
  })
