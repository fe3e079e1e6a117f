import { Console } from 'node:console'
import { Writable } from 'node:stream'

/**
 * Takes stdout for the protocol: the result is the only way to write to it from now on. What anything else prints,
 * a dependency's `console.log` for example, goes to stderr. To be called once, before other code runs.
 */
export function claimStdout(): Writable {
  const { stdout, stderr } = process
  const writeOut: (chunk: Uint8Array, done: (error?: Error | null) => void) => boolean = stdout.write.bind(stdout)
  stdout.write = stderr.write.bind(stderr)
  globalThis.console = new Console(stderr, stderr)
  const claimed = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      writeOut(chunk, done)
    },
  })
  // The reader's end of the pipe is gone.
  stdout.on('error', (error: Error) => claimed.destroy(error))
  claimed.on('error', () => undefined)
  return claimed
}
