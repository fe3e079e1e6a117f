import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'

/**
 * A TCP port of the loopback interface for the editor in `folder`: the same as last time if nobody has taken it since.
 * A browser keeps the editor's secrets by address, port included.
 */
export async function keptPort(folder: string): Promise<number> {
  const file = path.join(folder, 'port')
  const last = Number(await readFile(file, 'utf8').catch(() => ''))
  if (Number.isInteger(last) && last > 1023 && last < 65_536 && (await tryPort(last)) === last) return last
  const port = await tryPort(0)
  if (port === undefined) throw new Error('The system gave no port')
  await writeFile(file, String(port))
  return port
}

/** The port, or the one the system chose for 0; `undefined` when it is taken. */
async function tryPort(port: number): Promise<number | undefined> {
  const server = createServer()
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false)
    })
    server.listen(port, '127.0.0.1', () => {
      resolve(true)
    })
  })
  const address = server.address()
  if (isListening) await new Promise((resolve) => server.close(resolve))
  return address === null || typeof address === 'string' ? undefined : address.port
}
