import type { Membership } from '../../src/node/windows/joinProfile.ts'
import type { Attention, Standing } from '../../src/node/windows/windowMessages.ts'
import { deferred } from '../../src/shared/deferred.ts'
import { type Disposable, Emitter } from '../../src/shared/disposable.ts'
import type { ChatService } from '../../src/shared/service.ts'

/** A stretch of leading or following that is over when the test says so. */
export class FakeMembership implements Membership {
  readonly kind: 'leader' | 'follower'
  readonly chat: ChatService
  readonly reported: Attention[] = []
  isDisposed = false
  standing: Standing = { speaks: true, isAnyFocused: false }
  readonly #ended = deferred<undefined>()
  readonly #standings = new Emitter<Standing>()

  constructor(chat: ChatService, kind: 'leader' | 'follower' = 'leader') {
    this.chat = chat
    this.kind = kind
  }

  get ended(): Promise<void> {
    return this.#ended.promise
  }

  onStanding(listener: (standing: Standing) => void): Disposable {
    listener(this.standing)
    return this.#standings.event(listener)
  }

  report(attention: Attention): void {
    this.reported.push(attention)
  }

  /** The leader is gone, or was replaced. */
  end(): void {
    this.#ended.resolve(undefined)
  }

  async dispose(): Promise<void> {
    this.isDisposed = true
    this.#ended.resolve(undefined)
  }
}
