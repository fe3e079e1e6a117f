import type { Log } from '../core/ports/log.ts'

/** Writes each entry as one line `<ISO time> <level> <message>`, and an error's stack after it. */
export function createStderrLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const entry =
    (level: string) =>
    (message: string, cause?: unknown): void => {
      write(`${now().toISOString()} ${level} ${message}${cause === undefined ? '' : `: ${describe(cause)}`}\n`)
    }
  return { debug: entry('debug'), info: entry('info'), warn: entry('warn'), error: entry('error') }
}

/** The stack without messages of a `SyntaxError`: those quote the text that could not be parsed. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause
  if (!(cause instanceof SyntaxError)) return cause.stack ?? cause.name
  return [cause.name, ...(cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join('\n')
}
