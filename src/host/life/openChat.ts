import type { Log } from '../../core/ports/log.ts'
import type { SecretKeeper } from '../../core/ports/secrets.ts'
import type * as Node from './nodeParts.ts'
import { chatError } from '../../shared/chatError.ts'
import type { NetworkSettings } from '../network/networkSettings.ts'
import type { OpenChat } from './chatLife.ts'

/** Opens the chat on this machine: waits for the profile, then builds and starts it with the settings of now. */
export function createOpenChat(init: {
  readonly directory: string
  readonly secrets: SecretKeeper
  readonly settings: () => NetworkSettings
  readonly log: Log
}): OpenChat {
  const { directory, secrets, log } = init
  return async (signal, onElsewhere) => {
    const node = await loadNode(log)
    node.prepareDataDirectory(directory)
    const lock = await node.waitForProfileLock(directory, signal, onElsewhere)
    const { bootstrap, bindHost, relay, ...switches } = init.settings()
    const relayKey = node.parseRelayKey(relay)
    try {
      const chat = await node.openNodeChat({
        directory,
        secrets,
        log,
        ...switches,
        ...(bootstrap.length === 0 ? {} : { bootstrap }),
        ...(bindHost === '' ? {} : { host: bindHost }),
        ...(relayKey === undefined ? {} : { relay: relayKey }),
      })
      const dispose = async (): Promise<void> => {
        try {
          await chat.dispose()
        } finally {
          lock.dispose()
        }
      }
      try {
        await chat.start()
      } catch (error) {
        await dispose()
        throw error
      }
      return { chat, dispose }
    } catch (error) {
      lock.dispose()
      throw error
    }
  }
}

let loading: Promise<typeof Node> | undefined

/** Loads what brings native add-ons with it, once. Where they do not load, the extension stays and says so. */
function loadNode(log: Log): Promise<typeof Node> {
  loading ??= import('./nodeParts.ts').catch((error: unknown) => {
    log.error('a native part did not load', error)
    throw chatError('unsupported-platform')
  })
  return loading
}
