import { Emitter } from '../../shared/disposable.ts'
import type { Event } from '../../shared/disposable.ts'
import type { ChatSnapshot } from './chatModel.ts'

/** The last step of the first run: a new identity is there, and its recovery phrase is on screen. */
export interface FirstRun {
  readonly isOpen: boolean
  readonly onDidChange: Event<boolean>
  setOpen(isOpen: boolean): void
}

export function createFirstRun(): FirstRun {
  const changed = new Emitter<boolean>()
  let isOpen = false
  return {
    get isOpen() {
      return isOpen
    },
    onDidChange: changed.event,
    setOpen(value) {
      if (value === isOpen) return
      isOpen = value
      changed.fire(value)
    },
  }
}

/** Whether the user said that the recovery phrase is written down: that step of the walkthrough is done then. */
export const isPhraseKept = ({ identity }: ChatSnapshot): boolean =>
  identity?.kind === 'ready' && !identity.phrasePending

/**
 * What the `when` clauses of views and commands depend on, as `tincan.state`: `ready` only once the first run is over, so
 * that until then the conversation view alone says what to do.
 */
export function viewState(snapshot: ChatSnapshot, firstRun: Pick<FirstRun, 'isOpen'>): string {
  if (snapshot.phase !== 'running') return snapshot.phase
  const kind = snapshot.identity?.kind ?? 'starting'
  return kind === 'ready' && firstRun.isOpen ? 'phrase' : kind
}
