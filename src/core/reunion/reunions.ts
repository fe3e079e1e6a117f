import type { Disposable } from '../../shared/disposable.ts'
import { ReunionCalls, type ReunionCallsInit } from './reunionCalls.ts'
import { ReunionDoor, type ReunionDoorInit } from './reunionDoor.ts'
import { welcomeBack, type WelcomeBackInit } from './welcomeBack.ts'

export type ReunionsInit = ReunionCallsInit & Omit<ReunionDoorInit, 'onReunion'> & WelcomeBackInit

/** Both halves of finding each other again: this person's contacts, and those who lost everything. */
export class Reunions implements Disposable {
  readonly #door: ReunionDoor
  readonly #calls: ReunionCalls

  constructor(init: ReunionsInit) {
    this.#door = new ReunionDoor({
      ...init,
      onReunion: async (hello, reunion) => {
        await welcomeBack(init, hello, reunion)
      },
    })
    this.#calls = new ReunionCalls(init)
  }

  start(): void {
    this.#door.start()
    this.#calls.start()
  }

  wake(): void {
    this.#calls.wake()
  }

  rest(): void {
    this.#calls.rest()
  }

  dispose(): void {
    this.#calls.dispose()
    this.#door.dispose()
  }
}
