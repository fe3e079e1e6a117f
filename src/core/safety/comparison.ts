import type { Comparison as ComparisonView, ComparisonOutcome } from '../../shared/safety.ts'
import { isEqual } from '../codec/bytes.ts'
import type { ComparisonStep, Verdict } from './comparisonStep.ts'
import type { ComparedEnd } from './shortString.ts'
import { commitmentOf, shortString } from './shortString.ts'

export interface ComparisonInit {
  readonly own: ComparedEnd
  readonly theirs: ComparedEnd
  /** Of the link that it goes over. */
  readonly handshakeHash: Uint8Array
  /** 32 fresh random bytes. */
  readonly nonce: Uint8Array
  readonly send: (step: ComparisonStep) => void
}

/**
 * One live comparison over one link. Each side commits to a nonce once its user has started, reveals it only once the
 * other's commitment is here, and shows emoji only once what was revealed is what was committed to. Any step out of
 * turn ends it: nothing is ever tried a second time with the same nonce.
 */
export class Comparison {
  readonly #init: ComparisonInit
  #hasStarted = false
  #commitment: Uint8Array | undefined
  #hasRevealed = false
  #emoji: readonly number[] | undefined
  #said: Partial<Record<'own' | 'theirs', 'same'>> = {}
  #outcome: ComparisonOutcome | undefined

  constructor(init: ComparisonInit) {
    this.#init = init
  }

  get view(): ComparisonView {
    if (this.#outcome !== undefined) return { kind: 'ended', outcome: this.#outcome }
    if (this.#emoji !== undefined) return { kind: 'shown', emoji: this.#emoji, ...this.#said }
    return { kind: this.#hasStarted ? 'started' : 'asked' }
  }

  get isOver(): boolean {
    return this.#outcome !== undefined
  }

  /** The user has started it. */
  start(): void {
    if (this.#hasStarted || this.isOver) return
    this.#hasStarted = true
    this.#init.send({ kind: 'commit', commitment: this.#ownCommitment })
    this.#reveal()
  }

  /** The user says what it saw, or gives up. */
  judge(verdict: Verdict): void {
    if (this.isOver || (verdict !== 'cancelled' && this.#emoji === undefined)) return
    this.#init.send({ kind: 'end', verdict })
    if (verdict === 'same') this.#say('own')
    else this.end(verdict)
  }

  /** The other side has said something. What its bytes are in is not kept. */
  receive(step: ComparisonStep): void {
    if (this.isOver) return
    if (step.kind === 'commit') this.#onCommit(step.commitment)
    else if (step.kind === 'reveal') this.#onReveal(step.nonce)
    else if (step.verdict === 'cancelled') this.end('cancelled-by-them')
    else if (this.#emoji === undefined) this.#break()
    else if (step.verdict === 'same') this.#say('theirs')
    else this.end('different')
  }

  /** Nobody went on with it. */
  expire(): void {
    if (this.isOver) return
    this.#init.send({ kind: 'end', verdict: 'cancelled' })
    this.end('late')
  }

  end(outcome: ComparisonOutcome): void {
    this.#outcome ??= outcome
  }

  get #ownCommitment(): Uint8Array {
    const { own, theirs, handshakeHash, nonce } = this.#init
    return commitmentOf(nonce, own, theirs, handshakeHash)
  }

  #onCommit(commitment: Uint8Array): void {
    // Who sends back what was said here knows nothing of its own.
    if (this.#commitment !== undefined || isEqual(commitment, this.#ownCommitment)) {
      this.#break()
      return
    }
    this.#commitment = Uint8Array.from(commitment)
    this.#reveal()
  }

  #onReveal(revealed: Uint8Array): void {
    const { own, theirs, handshakeHash, nonce } = this.#init
    const commitment = this.#hasRevealed && this.#emoji === undefined ? this.#commitment : undefined
    const isKept = commitment && isEqual(commitmentOf(revealed, theirs, own, handshakeHash), commitment)
    if (isKept !== true || isEqual(revealed, nonce)) {
      this.#break()
      return
    }
    this.#emoji = shortString({ ...own, nonce }, { ...theirs, nonce: revealed }, handshakeHash)
  }

  #reveal(): void {
    if (!this.#hasStarted || this.#commitment === undefined || this.#hasRevealed) return
    this.#hasRevealed = true
    this.#init.send({ kind: 'reveal', nonce: this.#init.nonce })
  }

  #say(who: 'own' | 'theirs'): void {
    this.#said = { ...this.#said, [who]: 'same' }
    if (this.#said.own !== undefined && this.#said.theirs !== undefined) this.end('same')
  }

  #break(): void {
    this.#init.send({ kind: 'end', verdict: 'cancelled' })
    this.end('broken')
  }
}
