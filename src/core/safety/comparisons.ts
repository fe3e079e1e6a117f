import { chatError } from '../../shared/chatError.ts'
import type { Disposable, Event } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/disposable.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Comparison as ComparisonView } from '../../shared/safety.ts'
import { idBytes } from '../codec/bytes.ts'
import type { Account } from '../identity/account.ts'
import type { Link } from '../link/link.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import { Comparison } from './comparison.ts'
import type { ComparisonStep, Verdict } from './comparisonStep.ts'

/** So long nobody goes on with a comparison: it is over then. */
export const comparisonLastsMs = 5 * 60 * 1000

export interface ComparisonsInit {
  readonly linkTo: (person: PersonId) => Link | undefined
  readonly isContact: (person: PersonId) => boolean
  readonly account: () => Account
  readonly clock: Clock
  readonly random: Random
  /** Both have seen the same. */
  readonly onSame: (person: PersonId) => void
}

interface Running {
  readonly link: Link
  readonly comparison: Comparison
  timer: Disposable | undefined
}

/** The live comparisons of this device: with each contact one at a time, over the link that it began on. */
export class Comparisons implements Disposable {
  readonly #init: ComparisonsInit
  readonly #running = new Map<PersonId, Running>()
  readonly #onDidChange = new Emitter<{ readonly person: PersonId; readonly comparison: ComparisonView }>()

  constructor(init: ComparisonsInit) {
    this.#init = init
  }

  readonly onDidChange: Event<{ readonly person: PersonId; readonly comparison: ComparisonView }> =
    this.#onDidChange.event

  /** How the last one with somebody stands. */
  of(person: PersonId): ComparisonView | undefined {
    return this.#running.get(person)?.comparison.view
  }

  /** The user starts one, or joins what the other side has started. Throws `not-linked`. */
  start(person: PersonId): ComparisonView {
    const present = this.#open(person)
    const link = this.#init.linkTo(person)
    if (link === undefined) throw chatError('not-linked')
    const running = present?.link === link ? present : this.#begin(person, link)
    running.comparison.start()
    return this.#told(person, running)
  }

  /** The user says what it saw, or gives up. */
  judge(person: PersonId, verdict: Verdict): ComparisonView | undefined {
    const running = this.#open(person)
    if (running === undefined) return this.of(person)
    running.comparison.judge(verdict)
    return this.#told(person, running)
  }

  /** Somebody said something over a link. */
  receive(person: PersonId, link: Link, step: ComparisonStep): void {
    if (!this.#init.isContact(person)) return
    const present = this.#open(person)
    // Only a commitment begins anything.
    const isOfThis = present?.link === link
    if (!isOfThis && step.kind !== 'commit') return
    const running = isOfThis ? present : this.#begin(person, link)
    running.comparison.receive(step)
    this.#told(person, running)
  }

  /** A link ended, and with it what went on over it. */
  left(person: PersonId, link: Link): void {
    const running = this.#open(person)
    if (running?.link !== link) return
    running.comparison.end('lost')
    this.#told(person, running)
  }

  dispose(): void {
    for (const { timer } of this.#running.values()) timer?.dispose()
    this.#running.clear()
  }

  #open(person: PersonId): Running | undefined {
    const running = this.#running.get(person)
    return running?.comparison.isOver === false ? running : undefined
  }

  #begin(person: PersonId, link: Link): Running {
    const { account, random } = this.#init
    const { root, device } = account()
    this.#running.get(person)?.timer?.dispose()
    const comparison = new Comparison({
      own: { person: root.publicKey, device: device.publicKey },
      theirs: { person: idBytes(person), device: idBytes(link.peer.device) },
      handshakeHash: link.connection.handshakeHash,
      nonce: random.bytes(32),
      send: (step) => {
        link.send({ type: 'compare', step })
      },
    })
    const running: Running = { link, comparison, timer: undefined }
    this.#running.set(person, running)
    return running
  }

  #told(person: PersonId, running: Running): ComparisonView {
    const { comparison } = running
    running.timer?.dispose()
    running.timer = comparison.isOver
      ? undefined
      : this.#init.clock.after(comparisonLastsMs, () => {
          comparison.expire()
          this.#told(person, running)
        })
    const { view } = comparison
    if (view.kind === 'ended' && view.outcome === 'same') this.#init.onSame(person)
    this.#onDidChange.fire({ person, comparison: view })
    return view
  }
}
