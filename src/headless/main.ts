/** Tincan without an editor: `--help` says how it is started, README how it is talked to. */
import { ChatError, chatError } from '../shared/chatError.ts'
import { claimStdout } from './claimStdout.ts'
import { helpText, parseCommandLine, type HeadlessOptions } from './parseCommandLine.ts'
import type { RunEnd } from './runHeadless.ts'
import { createStderrLog } from './stderrLog.ts'

/** The exit code of everything that one sentence on stderr explains. */
const refusedCode = 2

const output = claimStdout()
const commandLine = parseCommandLine(process.argv.slice(2), process.env)
// No child process and no dump of the environment gets to see it.
delete process.env['TINCAN_KEY']

if (commandLine.kind === 'help') end(0, helpText)
else if (commandLine.kind === 'refused') end(refusedCode, `${commandLine.sentence}\n`)
else await run(commandLine.options)

async function run(options: HeadlessOptions): Promise<void> {
  try {
    const ended = await serve(options)
    if (ended.kind === 'bad-input') end(refusedCode, `${ended.sentence}\n`)
    else end(0)
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    end(refusedCode, `${error.message}\n`)
  }
}

async function serve(options: HeadlessOptions): Promise<RunEnd> {
  const log = createStderrLog((line) => process.stderr.write(line))
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
  const { runHeadless } = await import('./runHeadless.ts').catch((error: unknown) => {
    log.error('A part of Tincan does not load', error)
    throw chatError('unsupported-platform')
  })
  const tell = (line: string): void => void process.stderr.write(`${line}\n`)
  return runHeadless({ options, input: process.stdin, output, log, stopped, tell })
}

/** Native handles may outlive what they were for: the process ends when this is written. */
function end(code: number, lastWords = ''): void {
  process.stderr.write(lastWords, () => process.exit(code))
}
