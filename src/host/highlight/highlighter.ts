import type { Clock } from '../../core/ports/clock.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { Coloured, FromWorker, TokenTheme, ToWorker } from './protocol.ts'

/** The most characters of a line, lines of a block, and characters of a block that are coloured. */
export const maxLineChars = 1000
export const maxLines = 400
export const maxBlockChars = 20_000

/** How long a worker may take with one block: for the first of a language, which loads its grammar, and later. */
export const coldDeadlineMs = 10_000
export const warmDeadlineMs = 2000
/** A worker nobody needed for so long is ended. */
export const idleMs = 120_000
const maxQueued = 200
const maxRemembered = 64

/** A thread that colours code. */
export interface HighlightThread {
  post(message: ToWorker): void
  terminate(): void
}

/** Starts a thread. `onGone` is called when it ends by itself. */
export type StartThread = (onAnswer: (answer: FromWorker) => void, onGone: () => void) => HighlightThread

/** Colours code beside the main thread. Whatever goes wrong there, the code stays plain and nothing else happens. */
export interface Highlighter extends Disposable {
  highlight(language: string, text: string): Promise<Coloured>
  /** What is answered from now on is in this theme, whenever it was asked for. */
  setTheme(theme: TokenTheme): void
}

interface Job {
  readonly language: string
  readonly text: string
  readonly settle: (coloured: Coloured) => void
}

/** One block at a time: so a deadline is about one block, and a block that breaks it is known. */
export function createHighlighter(init: {
  readonly startThread: StartThread
  readonly clock: Pick<Clock, 'after'>
}): Highlighter {
  const queue: Job[] = []
  const warm = new Set<string>()
  /** Blocks that took too long: they stay plain, because asking again would only end another thread. */
  const tooSlow = new Set<string>()
  let thread: HighlightThread | undefined
  let theme: TokenTheme | undefined
  let current:
    | { readonly job: Job; readonly id: number; readonly theme: TokenTheme | undefined; readonly deadline: Disposable }
    | undefined
  let idle: Disposable | undefined
  let lastId = 0
  let isDisposed = false

  const drop = (): void => {
    thread?.terminate()
    thread = undefined
    warm.clear()
  }
  const finish = (coloured: Coloured): void => {
    const done = current
    current = undefined
    done?.deadline.dispose()
    done?.job.settle(coloured)
    next()
  }
  /** The theme changed while a block was coloured: colours of the old one are never handed out. */
  const again = (job: Job): void => {
    current?.deadline.dispose()
    current = undefined
    queue.unshift(job)
    next()
  }
  const giveUp = (job: Job): void => {
    tooSlow.add(keyOf(job))
    const [oldest] = tooSlow
    if (tooSlow.size > maxRemembered && oldest !== undefined) tooSlow.delete(oldest)
    drop()
    finish({ isTooMuch: true })
  }
  const start = (): HighlightThread => {
    const started = init.startThread(
      (answer) => {
        if (answer.id !== current?.id) return
        warm.add(current.job.language)
        const { id: _id, ...coloured } = answer
        if (current.theme === theme) finish(coloured)
        else again(current.job)
      },
      () => {
        if (thread !== started) return
        thread = undefined
        warm.clear()
        if (current !== undefined) giveUp(current.job)
      },
    )
    thread = started
    if (theme !== undefined) started.post({ type: 'theme', theme })
    return started
  }
  const next = (): void => {
    if (isDisposed || current !== undefined) return
    idle?.dispose()
    const job = queue.shift()
    if (job === undefined) {
      idle = init.clock.after(idleMs, drop)
      return
    }
    const running = thread ?? start()
    lastId += 1
    const limitMs = warm.has(job.language) ? warmDeadlineMs : coldDeadlineMs
    current = { job, id: lastId, theme, deadline: init.clock.after(limitMs, () => giveUp(job)) }
    running.post({ type: 'code', id: lastId, language: job.language, text: job.text })
  }

  return {
    highlight(language, text) {
      if (isTooLarge(text) || tooSlow.has(keyOf({ language, text }))) return Promise.resolve({ isTooMuch: true })
      if (isDisposed || theme === undefined || queue.length >= maxQueued) return Promise.resolve({})
      return new Promise((settle) => {
        queue.push({ language, text, settle })
        next()
      })
    },
    setTheme(value) {
      theme = value
      thread?.post({ type: 'theme', theme })
    },
    dispose() {
      isDisposed = true
      idle?.dispose()
      drop()
      finish({})
      for (const job of queue.splice(0)) job.settle({})
    },
  }
}

const keyOf = ({ language, text }: Pick<Job, 'language' | 'text'>): string => `${language}\n${text}`

function isTooLarge(text: string): boolean {
  if (text.length > maxBlockChars) return true
  const lines = text.split('\n')
  return lines.length > maxLines || lines.some((line) => line.length > maxLineChars)
}
