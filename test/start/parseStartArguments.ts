import path from 'node:path'
import { parseArgs } from 'node:util'

/** What `npm start` was asked for. */
export interface StartArguments {
  /** Opens both editors in browser windows. */
  readonly open: boolean
  /** Uses the desktop editor on the PATH instead of a server and a browser. */
  readonly desktop: boolean
  /** Starts everything, looks whether it works, and ends. */
  readonly check: boolean
  /** Keeps both people's data here; a temporary folder that is removed at the end when absent. */
  readonly data?: string
}

export const startUsage = `npm start [-- options]: two people, Alice and Bob, each with an editor of their own

  --open        open both editors in browser windows
  --desktop     use the desktop editor ("code" on the PATH) instead of a browser
  --data DIR    keep the data of both in DIR; without it everything is removed at the end
  --check       start everything, see that Tincan is active in both editors, and end`

/** The arguments, or one sentence that says what is wrong with them. */
export function parseStartArguments(args: readonly string[]): StartArguments | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        open: { type: 'boolean', default: false },
        desktop: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        data: { type: 'string' },
      },
    })
    const { open, desktop, check, data } = values
    if (data === '') return 'The option --data needs a folder.'
    if (desktop && (open || check)) return 'The option --desktop goes with neither --open nor --check.'
    return { open, desktop, check, ...(data === undefined ? {} : { data: path.resolve(data) }) }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
