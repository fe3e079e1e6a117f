import { Worker } from 'node:worker_threads'
import * as vscode from 'vscode'
import type { Clock } from '../../core/ports/clock.ts'
import type { Log } from '../../core/ports/log.ts'
import type { Disposable } from '../../shared/disposable.ts'
import type { Highlight } from '../view/codePort.ts'
import { readActiveTheme, themeSettings } from './activeTheme.ts'
import { createHighlighter } from './highlighter.ts'
import type { StartThread } from './highlighter.ts'
import type { FromWorker } from './protocol.ts'

/** Colours for code in the user's own theme, made in a thread of its own that starts with the first block. */
export interface EditorHighlighter extends Disposable {
  readonly highlight: Highlight
  /** The colours are others now: ask again for what is shown. */
  readonly onDidChangeTheme: vscode.Event<void>
}

export function createEditorHighlighter(extensionUri: vscode.Uri, log: Log): EditorHighlighter {
  const changed = new vscode.EventEmitter<void>()
  const script = vscode.Uri.joinPath(extensionUri, 'dist', 'highlightWorker.cjs').fsPath
  const startThread: StartThread = (onAnswer, onGone) => {
    const worker = new Worker(script, { name: 'tincan-highlight' })
    worker.unref()
    worker.on('message', (answer: FromWorker) => onAnswer(answer))
    worker.on('error', (error: unknown) => log.error('the highlighting thread failed', error))
    worker.on('exit', () => onGone())
    return { post: (message) => worker.postMessage(message), terminate: () => void worker.terminate() }
  }
  const highlighter = createHighlighter({ startThread, clock: threadClock })

  /** Read when the first block asks; read again when the theme may have changed after that. */
  let theme: Promise<void> | undefined
  let shown = ''
  let readings = 0
  const readTheme = async (): Promise<void> => {
    const reading = ++readings
    const read = await readActiveTheme()
    const text = JSON.stringify(read)
    // Of several readings the last one begun counts, whichever ends first.
    if (reading !== readings || text === shown) return
    const isFirst = shown === ''
    shown = text
    highlighter.setTheme(read)
    if (!isFirst) changed.fire()
  }
  const reread = (): void => {
    if (theme !== undefined) theme = readTheme()
  }
  const held = vscode.Disposable.from(
    vscode.window.onDidChangeActiveColorTheme(reread),
    // The theme is shown before the setting that names it is written.
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (themeSettings.some((setting) => event.affectsConfiguration(setting))) reread()
    }),
    vscode.extensions.onDidChange(reread),
    changed,
  )
  return {
    async highlight(language, text) {
      theme ??= readTheme()
      await theme
      return highlighter.highlight(language, text)
    },
    onDidChangeTheme: changed.event,
    dispose() {
      held.dispose()
      highlighter.dispose()
    },
  }
}

const threadClock: Pick<Clock, 'after'> = {
  after(delayMs, fn) {
    const timer = setTimeout(fn, delayMs)
    timer.unref()
    return { dispose: () => clearTimeout(timer) }
  },
}
