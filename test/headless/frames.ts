/** One JSON-RPC message as it goes over stdin: header and body. */
export function encodeFrame(message: unknown): Buffer {
  return rawFrame(JSON.stringify(message))
}

/** A header that tells the truth about `body`, and `body`. */
export function rawFrame(body: string): Buffer {
  const bytes = Buffer.from(body)
  return Buffer.concat([Buffer.from(`Content-Length: ${bytes.length}\r\n\r\n`), bytes])
}

/**
 * Takes stdout apart, strictly: each byte must belong to a header of exactly one Content-Length or to the JSON it
 * announces. Anything else throws, so every test that reads through it proves stdout pure.
 */
export class FrameReader {
  #rest = Buffer.alloc(0)

  /** The messages that `chunk` completes. */
  read(chunk: Uint8Array): unknown[] {
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk])
    const messages: unknown[] = []
    let offset = 0
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n', offset)
      if (end === -1) {
        if (this.#rest.length - offset > 64) throw new Error('Something that is no header was written to stdout')
        break
      }
      const header = this.#rest.toString('latin1', offset, end)
      const length = /^Content-Length: (\d+)$/.exec(header)?.[1]
      if (length === undefined) throw new Error(`Not a header on stdout: ${JSON.stringify(header)}`)
      const start = end + 4
      if (this.#rest.length < start + Number(length)) break
      offset = start + Number(length)
      messages.push(JSON.parse(this.#rest.toString('utf8', start, offset)))
    }
    this.#rest = this.#rest.subarray(offset)
    return messages
  }

  /** No half message is left. */
  get isEmpty(): boolean {
    return this.#rest.length === 0
  }
}
