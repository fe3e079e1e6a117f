import * as vscode from 'vscode'
import { ChatError } from '../shared/chatError.ts'
import type { Log } from '../core/ports/log.ts'
import { errorSentence } from './errorSentence.ts'

/** Where failures end: what is thrown inside is logged, and the user reads one plain sentence. */
export interface Boundary {
  /** Runs a piece of work; resolves to `undefined` when it failed. `what` names it in the log. */
  run<T>(what: string, work: () => T | Promise<T>): Promise<T | undefined>
  /** Registers a command whose work runs inside this boundary. Arguments are untrusted: anybody may pass anything. */
  command(id: string, work: (argument: unknown, ...more: readonly unknown[]) => unknown): vscode.Disposable
}

export function createBoundary(log: Log): Boundary {
  const run: Boundary['run'] = async (what, work) => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ChatError) log.warn(`${what}: ${error.code}`)
      else log.error(what, error)
      void vscode.window.showErrorMessage(errorSentence(error, vscode.l10n))
      return undefined
    }
  }
  return {
    run,
    command: (id, work) =>
      vscode.commands.registerCommand(id, (argument: unknown, ...more: readonly unknown[]) =>
        run(`command ${id}`, () => work(argument, ...more)),
      ),
  }
}
