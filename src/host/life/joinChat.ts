import type { Chat } from '../../core/chat.ts'
import type { Log } from '../../core/ports/log.ts'
import type { SecretKeeper } from '../../core/ports/secrets.ts'
import type { Fence } from '../../node/fence.ts'
import { chatError } from '../../shared/chatError.ts'
import type { NetworkSettings } from '../network/networkSettings.ts'
import type { JoinProfile } from './nodeTypes.ts'

interface JoinChatInit {
  readonly directory: string
  readonly secrets: SecretKeeper
  readonly settings: () => NetworkSettings
  readonly log: Log
}

/** Takes part in the use of this machine's profile; where this window is to lead, with the settings of that moment. */
export function createJoinChat(init: JoinChatInit): JoinProfile {
  const { directory, secrets, log } = init
  let join: JoinProfile | undefined
  return async (signal, onObstacle) => {
    const { createJoinProfile } = await loaded(log, import('./nodeParts.ts'))
    join ??= createJoinProfile({ directory, secrets, log, openChat: (fence) => openChat(init, fence) })
    return join(signal, onObstacle)
  }
}

async function openChat({ directory, secrets, settings, log }: JoinChatInit, fence: Fence): Promise<Chat> {
  const { startNodeChat, parseRelayKey } = await loaded(log, import('./leaderParts.ts'))
  const { bootstrap, bindHost, relay, ...switches } = settings()
  const relayKey = parseRelayKey(relay)
  return startNodeChat({
    directory,
    fence,
    secrets,
    log,
    ...switches,
    ...(bootstrap.length === 0 ? {} : { bootstrap }),
    ...(bindHost === '' ? {} : { host: bindHost }),
    ...(relayKey === undefined ? {} : { relay: relayKey }),
  })
}

/** What brings native add-ons with it. Where they do not load, the extension stays and says so. */
function loaded<T>(log: Log, loading: Promise<T>): Promise<T> {
  return loading.catch((error: unknown) => {
    log.error('a native part did not load', error)
    throw chatError('unsupported-platform')
  })
}
