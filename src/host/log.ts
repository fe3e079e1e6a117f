import type { LogOutputChannel } from 'vscode'
import type { Log } from '../core/ports/log.ts'

/** The core's log on an output channel of the editor. The channel stays the caller's. */
export function createOutputLog(channel: LogOutputChannel): Log {
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message, cause) => {
      if (cause === undefined) channel.error(message)
      else channel.error(`${message}: ${describeCause(cause)}`)
    },
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? `${cause.name}: ${cause.message}`) : typeof cause
}
