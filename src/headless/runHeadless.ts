import type { Readable, Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { Chat } from '../core/chat.ts'
import type { Log } from '../core/ports/log.ts'
import { prepareDataDirectory } from '../node/dataDirectory.ts'
import { startNodeChat } from '../node/openNodeChat.ts'
import { takeProfileLock } from '../node/profileLock.ts'
import { relayKeyOf, relayKeyText } from '../node/relayKey.ts'
import type { Fence } from '../node/fence.ts'
import { chatError } from '../shared/chatError.ts'
import { createEnvironmentSecret } from './environmentSecret.ts'
import type { HeadlessOptions } from './parseCommandLine.ts'
import { serveService, type ServeEnd } from './serveService.ts'

/** How long the last answers may hold up the end once stdin is closed. */
const lastAnswersMs = 5000

export interface RunInit {
  readonly options: HeadlessOptions
  readonly input: Readable
  readonly output: Writable
  readonly log: Log
  /** Resolves when the process was asked to end. */
  readonly stopped: Promise<void>
  /** Shows a line to whoever started the process. It may hold a key, and so is no part of the log. */
  readonly tell: (line: string) => void
}

/** Why the process may end; `stopped` when it was asked to from outside. */
export type RunEnd = ServeEnd | { readonly kind: 'stopped' }

/**
 * Opens the data directory, which nobody else may be using, and serves its chat until the input closes (a relay goes on
 * without), `shutdown` is asked for, or `stopped`. Everything is closed when it resolves. Rejects with a `ChatError` when it cannot be opened.
 */
export async function runHeadless(init: RunInit): Promise<RunEnd> {
  const { options, log, tell } = init
  prepareDataDirectory(options.data)
  const lock = takeProfileLock(options.data)
  if (lock === undefined) throw chatError('in-use')
  try {
    const chat = await openChat(options, lock, log)
    if (options.relay) tell(`The key of this relay: ${relayKeyText(relayKeyOf(options.wrappingKey))}`)
    return await serve(chat, init)
  } finally {
    lock.dispose()
  }
}

async function openChat(options: HeadlessOptions, fence: Fence, log: Log): Promise<Chat> {
  const { data, bootstrap, host, lan, discover, relay, relayThrough, wrappingKey } = options
  return startNodeChat({
    directory: data,
    fence,
    secrets: createEnvironmentSecret(wrappingKey),
    lanOnly: lan,
    localDiscovery: discover,
    offersRelay: relay,
    log,
    ...(relayThrough !== undefined && { relay: relayThrough }),
    ...(bootstrap !== undefined && { bootstrap }),
    ...(host !== undefined && { host }),
  })
}

async function serve(chat: Chat, { options, input, output, log, stopped }: RunInit): Promise<RunEnd> {
  const server = serveService({ service: chat, input, output, log })
  const asked = stopped.then((): RunEnd => ({ kind: 'stopped' }))
  let end = await Promise.race([server.ended, asked])
  if (end.kind === 'input-closed' && options.relay) end = await asked
  // Whoever pipes requests in and closes gets their answers; disposing refuses what is still under way.
  if (end.kind === 'input-closed')
    await Promise.race([server.drain(), setTimeout(lastAnswersMs, undefined, { ref: false })])
  await chat.dispose()
  await server.drain()
  return end
}
