import type { Log } from '../../src/core/ports/log.ts'
import { keepLog } from '../record/keptLog.ts'

export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly cause?: unknown
}

/** A log that keeps everything, so that a test can ask what was said and what must never have been. */
export class RecordingLog implements Log {
  readonly entries: LogEntry[] = []

  debug(message: string): void {
    this.#add({ level: 'debug', message })
  }
  info(message: string): void {
    this.#add({ level: 'info', message })
  }
  warn(message: string): void {
    this.#add({ level: 'warn', message })
  }
  error(message: string, cause?: unknown): void {
    this.#add({ level: 'error', message, cause })
  }

  /** Everything said, with the causes and their stacks, as one text. */
  get text(): string {
    return this.entries.map(lineOf).join('\n')
  }

  #add(entry: LogEntry): void {
    this.entries.push(entry)
    keepLog(lineOf(entry))
  }
}

const lineOf = ({ level, message, cause }: LogEntry): string => `${level} ${message} ${describe(cause)}`

function describe(cause: unknown): string {
  if (cause === undefined) return ''
  return cause instanceof Error ? `${cause.stack ?? cause.message} ${describe(cause.cause)}` : JSON.stringify(cause)
}
